import Diagnostics
import Evaluation
import Foundation
import Interchange
import Storage
import Testing

@Suite("export report")
struct ReportPageTests {
  /// Runs scripts on a store in memory, with real files.
  private final class Desk: OutcomeSink {
    let store = Store.inMemory()
    let folder: TemporaryFolder
    private(set) var messages: [String] = []
    private(set) var sentences: [String] = []

    init() throws { folder = try TemporaryFolder() }

    @discardableResult
    func run(_ script: String) -> Diagnostics.ExitStatus {
      let options = SessionOptions(actor: "<i>anna</i>", user: "u", host: "h") {
        1_790_000_000_000
      }
      return Session(store: store, files: Files(), options: options)
        .run(SourceText(script), sink: self)
    }

    /// The page of a report.
    func page(_ more: String = "") throws -> String {
      let status = run("export report to \"\(folder.path("agency.html"))\" \(more)")
      #expect(status == .done, "\(messages)")
      return try folder.text("agency.html")
    }

    func receive(_ outcome: Outcome, isProvisional: Bool) {
      if case .table(let table) = outcome, let footer = table.footer { sentences.append(footer) }
    }

    func report(_ diagnostic: Diagnostic) { messages.append(diagnostic.message) }
    func committed() {}
    func rolledBack() {}
  }

  /// What is wrong with a page's tags; nil where each that opens closes in its turn.
  private func flaw(in page: String) -> String? {
    var open: [Substring] = []
    for piece in page.split(separator: "<").dropFirst() {
      guard let end = piece.firstIndex(of: ">") else { return "no end: \(piece.prefix(40))" }
      let name = piece[..<end].prefix { $0 != " " }
      if name.hasPrefix("!") || ["meta", "br"].contains(name) { continue }
      if name.hasPrefix("/") {
        guard open.popLast() == name.dropFirst() else { return "\(name) in \(open)" }
      } else {
        open.append(name)
      }
    }
    return open.isEmpty ? nil : "open: \(open)"
  }

  private func count(_ part: String, in page: String) -> Int {
    page.components(separatedBy: part).count - 1
  }

  /// The part of a page below a heading.
  private func section(_ name: String, of page: String) throws -> String {
    let start = try #require(page.range(of: "<section id=\"\(name)\">"))
    let end = try #require(page.range(of: "</section>", range: start.upperBound..<page.endIndex))
    return String(page[start.upperBound..<end.lowerBound])
  }

  @Test("an agency's page has every part, and needs nothing from elsewhere")
  func whole() throws {
    let desk = try Desk()
    desk.run(
      """
      create subaccount \((1...13).map { "\"S\($0)\"" }.joined(separator: ", ")) with inbound
      grant logs to "S3" because "T-1"
      define policy quiet as no subaccounts having mcp because "FIN-77"
      """)
    let page = try desk.page()
    #expect(flaw(in: page) == nil)
    #expect(desk.sentences.last?.hasPrefix("exported a report on 13 subaccounts to '") == true)
    for name in ["adoption", "profiles", "outliers", "policies", "changes", "matrix"] {
      #expect(page.contains("<section id=\"\(name)\">") && page.contains("href=\"#\(name)\""))
    }
    for word in ["<script", "<link", "<img", "src=", "url(", "@import", "http://", "https://"] {
      #expect(!page.contains(word), "\(word)")
    }
    #expect(page.contains("@media print"))
    let matrix = try section("matrix", of: page)
    #expect(count("✓</td>", in: matrix) == 13 * 2 + 1)
    #expect(count("<td", in: matrix) == 13 * 36 + 1)
    let adoption = try section("adoption", of: page)
    #expect(count("style=\"width:100.0%\"", in: adoption) == 2)
    #expect(count("style=\"width:7.6%\"", in: adoption) == 1)
    #expect(count("<tr>", in: try section("profiles", of: page)) == 3)
    let outliers = try section("outliers", of: page)
    #expect(outliers.contains(">S3</th>") && outliers.contains("1 of 13, 7.7%"))
    let policies = try section("policies", of: page)
    #expect(policies.contains("having mcp") && policies.contains(">holds</span>"))
    let changes = try section("changes", of: page)
    #expect(changes.contains("grant logs to &quot;S3&quot; because &quot;T-1&quot;"))
    #expect(!page.contains("Shown: "))
  }

  @Test("nothing in the data is markup, whatever it says")
  func escaped() throws {
    let desk = try Desk()
    let hostile = #"</td><script>alert(1)</script>\u{1B}[31m\u{202E}\" onload='x"#
    let status = desk.run(
      """
      create subaccount "\(hostile)" with nothing
      create permission integrations.zapier label "<b>Zapier</b>"
      define policy p as no subaccounts where name = "\(hostile)" having chat because "<u>"
      grant logs to all because "<script>"
      """)
    #expect(status == .done, "\(desk.messages)")
    let page = try desk.page()
    #expect(flaw(in: page) == nil)
    for word in ["<script", "<b>Z", "<u>", "<i>anna", "\u{1B}", "\u{202E}", "onload='"] {
      #expect(!page.contains(word), "\(word)")
    }
    #expect(page.contains("&lt;/td&gt;&lt;script&gt;alert(1)&lt;/script&gt;\\u{1B}[31m\\u{202E}"))
    #expect(page.contains("&lt;b&gt;Zapier&lt;/b&gt;"))
  }

  @Test("a page of an empty agency says what there is not")
  func empty() throws {
    let desk = try Desk()
    let page = try desk.page()
    #expect(flaw(in: page) == nil)
    for words in [
      "Nothing has happened yet", "No subaccounts.", "No outliers.", "No policies.", "No changes.",
    ] {
      #expect(page.contains(words), "\(words)")
    }
  }

  @Test("a page of very many says what it leaves out, and stays a page")
  func large() throws {
    let desk = try Desk()
    let names = (0..<3_000).map { "\"S\($0)\"" }.joined(separator: ",")
    desk.run("create subaccount \(names) with nothing")
    for number in 0..<60 {
      let some = (0..<3).map { "\"S\((number * 7 + $0 * 31) % 3_000)\"" }.joined(separator: ",")
      let permission = ["chat", "logs", "mcp", "twilio", "calls", "widget"][number % 6]
      desk.run("grant \(permission) to \(some)")
    }
    let page = try desk.page()
    #expect(flaw(in: page) == nil)
    #expect(page.utf8.count < 1_000_000)
    #expect(try section("matrix", of: page).contains("Shown: the first 555 of 3,000."))
    #expect(try section("changes", of: page).contains("Shown: the newest 50 of 61."))
    #expect(try section("outliers", of: page).contains("Shown: the first 50 of "))
    #expect(try section("profiles", of: page).contains("<td class=\"number\">6</td>"))
  }

  @Test("very many permissions take several tables, no area is lost")
  func manyPermissions() throws {
    let desk = try Desk()
    var script = "create subaccount \"A\" with nothing\n"
    for number in 0..<90 { script += "create permission more.p\(number) label \"P\(number)\"\n" }
    desk.run(script)
    let matrix = try section("matrix", of: try desk.page())
    #expect(count("<table", in: matrix) == 4)
    #expect(count("<th scope=\"col\"", in: matrix) == 36 + 90 + 4)
    #expect(matrix.contains("colspan=\"40\"") && matrix.contains("colspan=\"10\""))
  }

  @Test("a report of an earlier moment is of that moment")
  func asOf() throws {
    let desk = try Desk()
    desk.run("create subaccount \"A\" with nothing")
    desk.run("define $quiet as permissions mcp")
    desk.run("define policy p as no subaccounts having $quiet")
    desk.run("drop policy p")
    desk.run("drop $quiet")
    desk.run("create subaccount \"B\" with nothing")
    let page = try desk.page("as of change 3")
    #expect(page.contains("As of change 3, "))
    #expect(!page.contains(">B</th>"))
    #expect(try section("policies", of: page).contains("can&#39;t be judged"))
    #expect(!page.contains("drop policy"))
    #expect(try desk.page("as of change 0").contains("No subaccounts."))
  }

  @Test("a run that fails leaves the file as it was")
  func unpublished() throws {
    let desk = try Desk()
    try desk.folder.write("before", to: "agency.html")
    let path = desk.folder.path("agency.html")
    desk.run("create subaccount \"A\"\nexport report to \"\(path)\"\nassert no subaccounts")
    #expect(try desk.folder.text("agency.html") == "before")
    #expect(desk.folder.names == ["agency.html"])
    #expect(desk.run("export report to \"\(desk.folder.path("no/agency.html"))\"") == .failed)
  }
}
