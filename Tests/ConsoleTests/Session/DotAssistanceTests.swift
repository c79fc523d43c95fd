import Console
import Diagnostics
import Evaluation
import Testing

@Suite("what the editor says of a line that begins with a dot")
struct DotAssistanceTests {
  private static let files: [Text] = [
    "agency.permdb/", "evil\u{1B}[2J.pql", "night ly.pql", "notes.txt", "scripts/", "tour.pql",
  ]

  private static func completed(_ line: String, isSandboxed: Bool = false) -> [String] {
    let bytes = Array(line.utf8)
    let found = DotAssistance(isSandboxed: isSandboxed).complete(bytes, cursor: bytes.count) {
      begun in files.filter { $0.string.hasPrefix(begun.string) }
    }
    let before = String(decoding: bytes[..<found.replaced.lowerBound], as: UTF8.self)
    return found.candidates.map { before + $0.text }
  }

  @Test(
    "commands and what they take are completed",
    arguments: [
      (".ou", [".output"]), (" .ti", [" .timing"]), (".OU", [".output"]), (".nope", []),
      (".output j", [".output json", ".output jsonl"]),
      (".timing ", [".timing on", ".timing off"]),
      (".width a", [".width auto"]), (".watch ", []), (".clear ", []), (".nope ", []),
      (".open ", [".open agency.permdb", ".open scripts/"]),
      (".read ", [".read night ly.pql", ".read tour.pql", ".read notes.txt", ".read scripts/"]),
      (".read \"n", [".read \"night ly.pql\"", ".read \"notes.txt\""]),
      (".tee o", [".tee off"]), (".tee t", [".tee tour.pql"]),
      (".help .wa", [".help .watch"]), (".help wa", [".help .watch"]),
      (".help gr", [".help grant"]),
    ])
  func completes(line: String, wanted: [String]) {
    #expect(Self.completed(line) == wanted)
  }

  @Test("every command is offered, with what it takes and what it does")
  func everyCommand() {
    let found = DotAssistance(isSandboxed: false).complete([0x2E], cursor: 1) { _ in [] }
    #expect(found.candidates.map(\.label) == DotCommand.allCases.map(\.usage))
    #expect(found.candidates.map(\.detail) == DotCommand.allCases.map(\.entry.summary))
  }

  @Test("what a sandbox refuses is not offered", arguments: DotCommand.allCases)
  func sandbox(command: DotCommand) {
    let isOffered = Self.completed(".", isSandboxed: true).contains(command.spelling)
    #expect(isOffered == !command.entry.leavesTheSandbox)
  }

  @Test("a file's name that would act on the terminal is not offered")
  func hostileFile() {
    #expect(Self.completed(".read e").isEmpty)
  }

  @Test(
    "what can't stand there is unknown at once, and what is begun is not",
    arguments: [
      (".ou", [Highlight.Role.keyword]), (".oux", [.unknown]), (".output", [.keyword]),
      (".output cs", [.keyword, .text]), (".output cx", [.keyword, .unknown]),
      (".timing on ", [.keyword, .text]), (".timing o ", [.keyword, .unknown]),
      (".width 40", [.keyword]), (".read x", [.keyword]), (".", [.keyword]),
    ])
  func highlights(line: String, wanted: [Highlight.Role]) {
    let bytes = Array(line.utf8)
    let found = DotAssistance(isSandboxed: false).highlight(bytes, cursor: bytes.count)
    #expect(found.map(\.role) == wanted)
  }

  @Test(
    "the hint says what is still wanted",
    arguments: [
      (".output", "[FORMAT]"), (".output ", "[FORMAT]"), (".output c", ""), (".clear", ""),
      (".open", "PATH"), (".", ""), (".nope", ""),
    ])
  func hints(line: String, wanted: String) {
    #expect(DotAssistance(isSandboxed: false).hint(Array(line.utf8)) == wanted)
  }
}
