import Console
import Diagnostics
import Evaluation
import Storage
import Testing

@Suite("charts on a terminal")
struct ChartFormatTests {
  private func table(
    _ columns: [(name: Text, kind: ResultTable.Kind)], _ rows: [[ResultValue]],
    _ presentation: ResultTable.Presentation, footer: String
  ) -> ResultTable {
    ResultTable(
      columns: columns.indices.map { index in
        ResultTable.Column(
          name: columns[index].name, kind: columns[index].kind,
          cells: .values(rows.map { $0[index] }))
      }, rowCount: rows.count, presentation: presentation, footer: footer, table: Table())
  }

  private var shares: ResultTable {
    table(
      [("permission", .text), ("group", .text), ("have", .integer), ("share", .share)],
      [
        [.text("a.one"), .text("growth\u{1B}[31m"), .integer(2), .number(1)],
        [.text("a.one"), .null, .integer(1), .number(0.4996)],
        [.text("a.two"), .text("growth\u{1B}[31m"), .integer(1), .number(0.0004)],
        [.text("a.two"), .null, .integer(0), .number(0)],
      ], .bars(labels: 2, length: 3), footer: "4 subaccounts")
  }

  @Test("bars are as long as their shares, and what neighbours share is said once")
  func bars() throws {
    #expect(
      try SampleTables.written(.table(shares), as: .table, on: Screen(width: 60, hasColors: false))
        == #"""
        permission  group                                share  have
        a.one       growth\u{1B}[31m  █████████████████   100%     2
                    —                 ████████▍········    50%     1
        a.two       growth\u{1B}[31m  ▏················  <0.1%     1
                    —                 ·················     0%     0
        4 subaccounts

        """#)
  }

  @Test("a pipe has the numbers, and programs have numbers from 0 to 1")
  func plain() throws {
    #expect(
      try SampleTables.written(.table(shares), as: .table) == #"""
        permission  group             have  share
        ──────────  ────────────────  ────  ─────
        a.one       growth\u{1B}[31m     2   100%
        a.one       —                    1    50%
        a.two       growth\u{1B}[31m     1  <0.1%
        a.two       —                    0     0%
        4 subaccounts

        """#)
    #expect(
      try SampleTables.written(.table(shares), as: .csv).split(separator: "\n").last
        == "a.two,,0,0")
    #expect(
      try SampleTables.written(.table(shares), as: .jsonl).split(separator: "\n")[1]
        == #"{"permission":"a.one","group":null,"have":1,"share":0.4996}"#)
  }

  @Test("numbers are drawn beside the largest; where there is no room the table is plain")
  func numbers() throws {
    let actors = table(
      [("actor", .text), ("changes", .integer)],
      [[.text("anna"), .integer(8)], [.text("nightly"), .integer(1)]],
      .bars(labels: 1, length: 1), footer: "9 changes")
    #expect(
      try SampleTables.written(.table(actors), as: .table, on: Screen(width: 28, hasColors: false))
        == """
        actor                changes
        anna     ██████████        8
        nightly  █▎········        1
        9 changes

        """)
    #expect(
      try SampleTables.written(.table(actors), as: .table, on: Screen(width: 24, hasColors: false))
        == """
        actor    changes
        ───────  ───────
        anna           8
        nightly        1
        9 changes

        """)
  }

  private func days(_ list: [(String, Int)], _ span: ResultTable.Span = .day) -> ResultTable {
    table(
      [("day", .text), ("changes", .integer)],
      list.map { [.text(Text($0.0)), .integer($0.1)] }, .timeline(span, count: 1),
      footer: "\(list.reduce(0) { $0 + $1.1 }) changes")
  }

  @Test("days without changes are gaps")
  func timeline() throws {
    let table = days([("2026-10-30", 16), ("2026-11-02", 1), ("2026-11-03", 9)])
    #expect(
      try SampleTables.written(.table(table), as: .table, on: Screen(width: 40, hasColors: false))
        == """
        changes
         16 ┤███
            │███
            │███
            │███             ▄▄▄
            │███             ███
            │███             ███
            │███             ███
          0 ┼███         ▄▄▄ ███
             2026-10-30 – 2026-11-03
        26 changes; each column is a day

        """)
  }

  @Test("a long time has several days in a column, and no day is lost")
  func long() throws {
    let table = days([("2025-01-01", 1), ("2025-03-01", 2), ("2026-01-01", 300)])
    let lines = try SampleTables.written(
      .table(table), as: .table, on: Screen(width: 50, hasColors: false)
    ).split(separator: "\n")
    // 366 days in at most 44 columns are 9 days each, of which there are 41.
    #expect(lines[8] == "   0 ┼▁     ▁" + String(repeating: " ", count: 33) + "█")
    #expect(lines[9] == "      2025-01-01" + String(repeating: " ", count: 21) + "2025-12-27")
    #expect(lines[10] == "303 changes; each column is 9 days")
    for line in lines { #expect(line.count <= 50) }
  }

  @Test("weeks, one day, nothing, and screens that are too narrow")
  func others() throws {
    let narrow = Screen(width: 16, hasColors: false)
    let wide = Screen(width: 80, hasColors: false)
    let weeks = days([("2026-11-02", 1), ("2026-11-16", 1)], .week)
    #expect(
      try SampleTables.written(.table(weeks), as: .table, on: wide)
        .hasSuffix("2 changes; each column is a week\n"))
    let one = try SampleTables.written(.table(days([("2026-11-02", 5)])), as: .table, on: wide)
    #expect(one.contains("\n 5 ┤███\n") && one.contains("\n    2026-11-02\n"))
    #expect(
      try SampleTables.written(.table(days([])), as: .table, on: wide)
        == "day  changes\n───  ───────\n0 changes\n")
    #expect(
      try SampleTables.written(.table(weeks), as: .table, on: narrow).hasPrefix("day "))
  }
}
