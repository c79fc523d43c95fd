import Foundation
import Testing

/// Every `samples/NAME.pql` does what `samples/NAME.expected` says.
///
/// The commands are the expectation's own (`$ …` lines); each sample has a fresh copy of `samples/`
/// and a fresh store of the sample agency in `agency.permdb`. With `PERMQL_RECORD=1` what the program
/// prints is written down instead, and the test fails, so that nobody records without looking.
@Suite("samples")
struct SampleTests {
  static let names: [String] = {
    let directory = Program.project.appendingPathComponent("samples").path
    let files = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    let stems = files.filter { $0.hasSuffix(".expected") }.map { String($0.dropLast(9)) }
    return stems.sorted()
  }()

  /// Scripts that other samples run, and that say nothing by themselves.
  static let parts: Set<String> = ["default-quota"]

  static func expectation(_ name: String) -> URL {
    Program.project.appendingPathComponent("samples/\(name).expected")
  }

  @Test("a sample prints what is expected", arguments: names)
  func runs(name: String) throws {
    let expected = try String(contentsOf: Self.expectation(name), encoding: .utf8)
    let commands = Transcript.commands(in: expected)
    #expect(!commands.isEmpty, "\(name).expected has no command")
    let actual = try Workplace.with { place in try place.transcript(of: commands).text }
    if ProcessInfo.processInfo.environment["PERMQL_RECORD"] == "1", actual != expected {
      try actual.write(to: Self.expectation(name), atomically: true, encoding: .utf8)
      Issue.record("\(name).expected was recorded anew: read it, then run again")
    }
    #expect(actual == expected, "\(Self.firstDifference(actual, expected))")
  }

  @Test("every script has an expectation and every expectation a script")
  func paired() throws {
    let directory = Program.project.appendingPathComponent("samples").path
    let files = try FileManager.default.contentsOfDirectory(atPath: directory)
    let scripts = files.filter { $0.hasSuffix(".pql") }.map { String($0.dropLast(4)) }
    #expect(Set(scripts).subtracting(Self.parts) == Set(Self.names))
    #expect(Self.names.count >= 12)
  }

  @Test("every sample is in standard layout already, or says why not", arguments: names)
  func layout(name: String) throws {
    guard !Self.mistaken.contains(name) else { return }
    try Workplace.with(store: false) { place in
      let before = try place.read("\(name).pql")
      let result = try place.run("permql --reformat \(name).pql")
      #expect(result.status == 0, "\(result.errorText)")
      #expect(result.output == before)
    }
  }

  /// Samples whose point is a syntax error.
  static let mistaken: Set<String> = ["misspelt-keyword", "three-mistakes"]

  /// The first line that differs, for a message that can be read.
  static func firstDifference(_ actual: String, _ expected: String) -> String {
    let got = actual.split(separator: "\n", omittingEmptySubsequences: false)
    let wanted = expected.split(separator: "\n", omittingEmptySubsequences: false)
    for (number, pair) in zip(got, wanted).enumerated() where pair.0 != pair.1 {
      return "line \(number + 1)\n  expected: \(pair.1)\n  printed:  \(pair.0)"
    }
    return "\(wanted.count) lines expected, \(got.count) printed"
  }
}
