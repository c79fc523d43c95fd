import Console
import Diagnostics
import Language
import Testing

@Suite("what a prompt says and understands")
struct PromptPartsTests {
  struct Line: CustomTestStringConvertible {
    let text: PromptText
    let left: String
    let right: String
    var testDescription: String { left }
  }

  static let prompts = [
    Line(
      text: PromptText(store: nil, isInTransaction: false, isReadOnly: false, lastChange: 0),
      left: "memory> ", right: ""),
    Line(
      text: PromptText(
        store: "/srv/agency.permdb", isInTransaction: true, isReadOnly: false, lastChange: 1234),
      left: "agency*> ", right: "change 1,234"),
    Line(
      text: PromptText(
        store: "agency.permdb/", isInTransaction: false, isReadOnly: true, lastChange: 1),
      left: "agency (read-only)> ", right: "change 1"),
    Line(
      text: PromptText(store: ".permdb", isInTransaction: false, isReadOnly: false, lastChange: 0),
      left: ".permdb> ", right: ""),
    Line(
      text: PromptText(
        store: "a\u{1B}[2J\u{202E}", isInTransaction: false, isReadOnly: false, lastChange: 0),
      left: "a\\u{1B}[2J\\u{202E}> ", right: ""),
    Line(
      text: PromptText(
        store: "a-store-with-a-very-long-name-indeed", isInTransaction: false, isReadOnly: false,
        lastChange: 0), left: "a-store-with-a-very-lon…> ", right: ""),
  ]

  @Test("the prompt names the store, the transaction and the mode", arguments: prompts)
  func prompt(line: Line) {
    #expect(line.text.left == line.left)
    #expect(line.text.right == line.right)
  }

  @Test("the welcome is two lines that fit")
  func welcome() {
    var welcome = Welcome(store: "agency.permdb")
    welcome.subaccounts = 2104
    welcome.permissions = 36
    welcome.change = (17, "nig\u{7}htly", 1_000_000)
    welcome.now = 1_000_000 + 3 * 3_600_000
    #expect(
      welcome.lines == """
        permql \(Version.number) · agency.permdb · 2,104 subaccounts, 36 permissions
        change 17 by nig\\u{7}htly, 3 hours ago · 'help' explains, 'quit' leaves

        """)
    var empty = Welcome(store: nil)
    empty.permissions = 36
    #expect(empty.storeLine.contains("in memory: nothing is kept"))
    #expect(empty.helpLine.contains("import \"agency.csv\""))
    empty.sample = "samples/agency.csv"
    #expect(empty.helpLine.contains("try import \"samples/agency.csv\""))
    for line in (welcome.lines + empty.lines).split(separator: "\n") { #expect(line.count <= 80) }
  }

  @Test(
    "how long ago is told in one unit",
    arguments: [
      (-5, "just now"), (4_999, "just now"), (59_000, "59 seconds ago"), (60_000, "1 minute ago"),
      (7_200_000, "2 hours ago"), (86_400_000, "1 day ago"), (90 * 86_400_000, "90 days ago"),
    ])
  func ago(milliseconds: Int64, words: String) {
    #expect(Welcome.ago(milliseconds) == words)
  }

  static let dotLines: [(String, DotCommand, Text)] = [
    (".help", .help, ""), ("  .HELP  grant \n", .help, "grant"), (".q", .quit, ""),
    (".open \"my store.permdb\"", .open, "my store.permdb"), (".read a b.pql", .read, "a b.pql"),
    (".set x='y", .set, "x='y"), (".tee '", .tee, "'"), (".exit", .quit, ""),
  ]

  @Test("a line with a dot is a command and what follows it", arguments: dotLines)
  func dotLine(line: String, command: DotCommand, argument: Text) throws {
    let read = try DotLine(Array(line.utf8))
    #expect(read.command == command)
    #expect(read.argument == argument)
  }

  @Test("what is no command is answered with the nearest")
  func unknownCommand() {
    #expect(throws: DotProblem.unknown("hlep", nearest: "help")) {
      try DotLine(Array(".hlep".utf8))
    }
    #expect(throws: DotProblem.unknown("", nearest: nil)) { try DotLine(Array(".".utf8)) }
    #expect(throws: DotProblem.notUnicode) { try DotLine([0x2E, 0xFF]) }
    #expect(throws: DotProblem.severalLines) { try DotLine(Array(".read a\nb".utf8)) }
  }

  @Test("every command has its words, on lines that fit", arguments: DotCommand.allCases)
  func words(command: DotCommand) {
    #expect(DotCommand.overview.contains("  \(command.usage) "))
    #expect(command.page.hasPrefix(command.usage + ": "))
    #expect(command.entry.meaning.hasSuffix("."))
    for line in (DotCommand.overview + "\n" + command.page).split(separator: "\n") {
      #expect(line.count <= 80, "\(line)")
    }
  }

  @Test(
    "a lone word that is most like a farewell is one misspelt",
    arguments: [
      ("quti", "quit"), ("Quitt;", "quit"), ("exti\n", "exit"), ("quit", nil), ("count", nil),
      ("quti now please", nil), ("unset", nil), ("expotr", nil), ("", nil),
    ])
  func farewell(typed: String, meant: String?) {
    #expect(Farewell.near(Array(typed.utf8))?.string == meant)
  }

  @Test(
    "progress says how far and how long still",
    arguments: [
      (0, 100, 1, 40, "importing 0 %"), (50, 100, 10, 40, "importing 50 %, 11 s left"),
      (1, 4, 100, 40, "importing 25 %, 5 min left"), (100, 100, 9, 40, "importing, nearly done"),
      (50, 100, 10, 12, "importing 50"), (5, 0, 1, 40, "importing …"),
      (50, 100, 1, 80, "importing ██████████·········· 50 %, 2 s left"),
    ])
  func progress(done: Int, total: Int, seconds: Int64, width: Int, text: String) {
    #expect(
      ProgressLine.text(
        .importing, done: done, total: total, elapsed: seconds * 1_000_000_000, width: width)
        == text)
  }

  @Test(
    "what is not heard of goes on",
    arguments: [
      (nil, 0, 0, 40, "working … 3 s"), (.saving, 0, 0, 40, "saving … 3 s"),
      (.importing, 9, 9, 80, "importing … 3 s"), (.importing, 1, 2, 40, "importing 50 % … 3 s"),
      (.importing, 1, 2, 80, "importing ██████████·········· 50 % … 3 s"),
      (.verifying, 1, 2, 8, "verifyin"),
    ] as [(LongTask?, Int, Int, Int, String)])
  func waiting(task: LongTask?, done: Int, total: Int, width: Int, text: String) {
    #expect(
      ProgressLine.waiting(task, done: done, total: total, elapsed: 3_900_000_000, width: width)
        == text)
  }

  @Test(
    "what other prompts understand is told what it is here",
    arguments: [
      ("\\q\n", "quit"), (":q", "quit"), ("?", "help"), ("\\d subaccounts;", "show subaccounts"),
      ("ls", "show subaccounts"), ("  \\timing on", ".timing"), ("man grant", "help"),
      ("LOGOUT;", "quit"),
    ])
  func foreign(line: String, here: Text) throws {
    #expect(try #require(Farewell.translated(Array(line.utf8))).here == here)
  }

  @Test("statements are not taken for words of other prompts", arguments: Keyword.allCases)
  func statements(keyword: Keyword) {
    #expect(Farewell.translated(Array("\(keyword.spelling) x".utf8)) == nil)
  }
}
