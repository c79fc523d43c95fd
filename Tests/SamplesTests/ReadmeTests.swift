import Foundation
import Testing

/// What the README shows is what happens.
///
/// A block fenced as `console` is a session: its `$ ` commands run one after another in one directory
/// that holds the sample agency, and must print what the block shows (a line of `...` stands for any
/// lines, a time for any time, a user and a host for any). A block fenced as `pql` must pass `--check` on that agency's store.
@Suite("readme")
struct ReadmeTests {
  struct Block {
    let kind: String
    let text: String
  }

  static func blocks() throws -> [Block] {
    let text = try String(
      contentsOf: Program.project.appendingPathComponent("README.md"), encoding: .utf8)
    var blocks: [Block] = []
    for (index, part) in text.split(separator: "```", omittingEmptySubsequences: false).enumerated()
    where index % 2 == 1 {
      let end = part.firstIndex(of: "\n") ?? part.endIndex
      blocks.append(Block(kind: String(part[..<end]), text: String(part[end...].dropFirst())))
    }
    return blocks
  }

  @Test("the README's sessions print what they show")
  func sessions() throws {
    let sessions = try Self.blocks().filter { $0.kind == "console" }
    #expect(sessions.count >= 2)
    try Workplace.with(store: false) { place in
      for block in sessions {
        for (command, shown) in Self.entries(block.text) {
          let result = try place.run("{ \(command)\n} 2>&1")
          #expect(
            Self.fits(Self.timeless(result.outputText), Self.timeless(shown)),
            "\(command)\nprinted:\n\(result.outputText)\nshown:\n\(shown)")
        }
      }
    }
  }

  @Test("the README's scripts are right")
  func scripts() throws {
    let scripts = try Self.blocks().filter { $0.kind == "pql" }
    #expect(scripts.count >= 2)
    try Workplace.with { place in
      for block in scripts {
        try place.write(block.text, to: "readme.pql")
        let result = try place.run("permql -s agency.permdb --check readme.pql")
        #expect(result.status == 0, "\(result.errorText)\n\(block.text)")
      }
    }
  }

  @Test("the README has no block that nobody tests")
  func tested() throws {
    let kinds = Set(try Self.blocks().map(\.kind))
    #expect(kinds.isSubset(of: ["console", "pql", "sh", "crontab", "json", "text"]), "\(kinds)")
  }

  @Test(
    "a shown line of three dots fits any lines, and nothing else does",
    arguments: [
      ("a\nb\nc\n", "a\nb\nc\n", true), ("a\nb\nc\n", "a\n...\nc\n", true),
      ("a\nb\nc\n", "...\nc\n", true), ("a\nb\nc\n", "a\n...\n", true),
      ("a\nb\nc\n", "a\n...\nd\n", false), ("a\nb\n", "a\n", false), ("a\n", "a\nb\n", false),
    ])
  func fitting(printed: String, shown: String, expected: Bool) {
    #expect(Self.fits(printed, shown) == expected)
  }

  /// Each command of a session and what is shown below it; `\` at a line's end joins the next.
  static func entries(_ text: String) -> [(command: String, shown: String)] {
    var entries: [(command: String, shown: String)] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      if line.hasPrefix("$ ") {
        entries.append((String(line.dropFirst(2)), ""))
      } else if let last = entries.indices.last {
        if entries[last].shown.isEmpty, entries[last].command.hasSuffix("\\") {
          entries[last].command += "\n\(line)"
        } else {
          entries[last].shown += "\(line)\n"
        }
      }
    }
    return entries
  }

  /// The text without what is different on another day and machine.
  static func timeless(_ text: String) -> String {
    text.replacing(/\d{4}-\d\d-\d\dT[\d:.]+Z/, with: "TIME")
      .replacing(/, user [^ ]+ on [^ ,\n]+/, with: "")
  }

  @Test("a shown time is any time, and nothing else is")
  func times() {
    #expect(
      Self.timeless("it lacks it since 2026-11-03T02:00:15.250Z, by a, user b on c, x.pql:1")
        == "it lacks it since TIME, by a, x.pql:1")
    #expect(Self.timeless("2026-11-03 by a") == "2026-11-03 by a")
  }

  static func fits(_ printed: String, _ shown: String) -> Bool {
    let parts = "\n\(shown)".components(separatedBy: "\n...\n")
    guard parts.count > 1 else { return printed == shown }
    let text = "\n\(printed)"
    guard let first = parts.first, text.hasPrefix(first), let last = parts.last else {
      return false
    }
    guard parts.count == 2 else { return false }
    let rest = text.dropFirst(first.count)
    return last.isEmpty || rest.hasSuffix("\n\(last)")
  }
}
