import Console
import Diagnostics
import Foundation
import Testing

@Suite("explanations of codes")
struct ExplanationTests {
  static let project = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Every code that a source file of some room gives.
  static func codes() throws -> Set<String> {
    let sources = project.appendingPathComponent("Sources")
    let files = try #require(
      FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
    var codes: Set<String> = []
    for case let file as URL in files
    where file.pathExtension == "swift" && !file.path.contains("/Explanations/") {
      let text = try String(contentsOf: file, encoding: .utf8)
      for match in text.matches(of: /"([EWN]0[0-9]{3})"/) { codes.insert(String(match.1)) }
    }
    return codes
  }

  @Test("every code that exists is explained, and no other")
  func complete() throws {
    let codes = try Self.codes()
    #expect(codes.count > 100)
    let explained = Explanation.all.map(\.code)
    #expect(Set(explained).count == explained.count, "some code is explained twice")
    #expect(
      codes.subtracting(explained).sorted() == [], "to be added to Sources/Console/Explanations")
    #expect(Set(explained).subtracting(codes).sorted() == [], "no message has these codes")
  }

  @Test("an explanation is whole sentences", arguments: Explanation.all)
  func sentences(explanation: Explanation) {
    #expect(explanation.text.hasSuffix(".") || explanation.text.hasSuffix("?"))
    #expect(explanation.text.count > 20 && !explanation.text.contains("\n"))
    #expect(explanation.title.count < 70 && !explanation.title.hasSuffix("."))
    for line in explanation.page.split(separator: "\n") { #expect(line.count <= 80) }
  }

  @Test(
    "a code is found however it is written",
    arguments: ["E0201", "e0201", "[E0201]", "error[E0201]".replacing("error", with: "")])
  func found(code: String) throws {
    #expect(try Explanation.named(Text(code)).code == "E0201")
  }

  @Test("an unknown code is a usage error that names one near")
  func unknown() {
    #expect(throws: UsageProblem.self) { try Explanation.named("E02") }
    do {
      _ = try Explanation.named("E0291")
      Issue.record("found")
    } catch {
      #expect(error.code == "E0720" && error.help?.hasPrefix("did you mean 'E02") == true)
    }
  }
}
