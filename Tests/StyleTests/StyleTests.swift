import Foundation
import Testing

/// The project holds itself to its own rules.
@Suite("style")
struct StyleTests {
  static let project = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Every text file that the project consists of, by its path within it.
  static let files: [String] = {
    let places = [".ci", "Sources", "Tests", "grammar", "samples"]
    let single = [".gitignore", ".swift-format", "Package.swift", "README.md"]
    let within = places.flatMap { place in
      (FileManager.default.enumerator(atPath: project.appendingPathComponent(place).path)?
        .compactMap { $0 as? String } ?? []).map { "\(place)/\($0)" }
    }
    return (single + within).filter { path in
      let attributes = try? FileManager.default.attributesOfItem(
        atPath: project.appendingPathComponent(path).path)
      return attributes?[.type] as? FileAttributeType == .typeRegular
        && !path.contains("__pycache__")
    }.sorted()
  }()

  /// Kept byte for byte: what the program prints, or input that is wrong on purpose.
  static func isRecorded(_ path: String) -> Bool {
    path.hasSuffix(".expected") || path.contains("/Corpus/") || path.contains("/Golden/")
      || path.hasPrefix("samples/agency")
  }

  @Test("no file breaks a rule")
  func rules() throws {
    #expect(Self.files.count > 40)
    for path in Self.files where !Self.isRecorded(path) {
      let text = try String(
        contentsOf: Self.project.appendingPathComponent(path), encoding: .utf8)
      for violation in Rules.violations(in: text, at: path) {
        Issue.record("\(violation)")
      }
    }
  }

  @Test("every exception in the rules is still needed")
  func exceptions() throws {
    for path in Rules.longFiles.keys {
      let text = try String(
        contentsOf: Self.project.appendingPathComponent(path), encoding: .utf8)
      #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count > 401, "\(path)")
    }
    for path in Rules.unsafeFiles.keys {
      let text = try String(
        contentsOf: Self.project.appendingPathComponent(path), encoding: .utf8)
      #expect(text.contains("unsafe"), "\(path)")
    }
  }

  @Test("nothing stands at the top that does not belong there")
  func topLevel() throws {
    let entries = try FileManager.default.contentsOfDirectory(atPath: Self.project.path)
    let ignored = entries.filter { $0 == ".build" || $0.hasSuffix(".permdb") }
    #expect(Set(entries).subtracting(ignored).subtracting(Rules.topLevel).isEmpty)
  }

  @Test("scripts that are run by name can be run")
  func executables() {
    for path in [".ci/run", "Tests/run.sh", "samples/tour.sh", "Tests/Benchmarks/run.sh"] {
      #expect(
        FileManager.default.isExecutableFile(
          atPath: Self.project.appendingPathComponent(path).path), "\(path)")
    }
  }

  @Test(
    "each rule finds its violation",
    arguments: [
      ("a tab", "let a\t= 1\n", "Sources/Language/A.swift"),
      ("a blank at the end", "let a = 1 \n", "Sources/Language/A.swift"),
      ("an unfinished mark", "// TO" + "DO later\n", "Sources/Language/A.swift"),
      ("unsafe outside", "let a = unsafe b()\n", "Sources/Language/A.swift"),
      ("'public'", "public struct A {}\n", "Sources/Language/A.swift"),
      ("exactly one line end", "let a = 1", "Sources/Language/A.swift"),
      ("Language may not import Storage", "package import Storage\n", "Sources/Language/A.swift"),
      ("Storage may not import Console", "import Console\n", "Sources/Storage/A.swift"),
      ("Language may not import Foundation", "import Foundation\n", "Sources/Language/A.swift"),
      ("not among the rooms", "import Console\n", "Sources/Attic/A.swift"),
    ])
  func found(fragment: String, text: String, path: String) {
    let violations = Rules.violations(in: text, at: path)
    #expect(violations.count == 1)
    #expect(violations.first?.contains(fragment) == true, "\(violations)")
  }

  @Test("a file or a function that is too long is found, one that just fits is not")
  func lengths() {
    let line = "  let a = 1\n"
    func violations(_ lines: Int, _ before: String = "", _ after: String = "") -> [String] {
      Rules.violations(
        in: before + String(repeating: line, count: lines) + after, at: "Sources/Language/A.swift")
    }
    #expect(violations(400) == [])
    #expect(violations(401).count == 1)
    #expect(violations(68, "private func long() {\n", "}\n") == [])
    #expect(violations(69, "private func long() {\n", "}\n").count == 1)
    #expect(violations(90, "protocol Short {\n  func short()\n", "}\n") == [])
  }

  @Test(
    "what only looks like a violation is left alone",
    arguments: [
      "let a = \"unsafe public\"\n", "// unsafe to call twice\n", "import FoundationEssentials\n",
      "package import Diagnostics\n", "let importance = 1\n", "case open\n",
    ])
  func spared(text: String) {
    #expect(Rules.violations(in: text, at: "Sources/Language/A.swift") == [])
  }
}
