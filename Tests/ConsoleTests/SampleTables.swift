import Console
import Diagnostics
import Evaluation
import Storage

/// Results that tests write in every format.
enum SampleTables {
  /// Text, numbers, a truth, a time, what is unset, what is empty, and names that mean harm.
  static let people = table(
    ["name", "plan", "minutes", "quota", "open", "since", "tags"],
    [.text, .text, .integer, .number, .boolean, .time, .list],
    [
      [
        .text("Acme Dental"), .text("pro"), .integer(12), .number(2.5), .boolean(true),
        .time(1_793_871_000_000), .list(["a", "b"]),
      ],
      [
        .text("서울밝은치과"), .null, .integer(-3), .unlimited, .boolean(false), .time(-1),
        .list([]),
      ],
      [
        .text("a,\"b\"\t|<\u{1B}[31m\u{202E}\n🍕"), .text(""), .integer(0), .number(1e300), .null,
        .null, .list(["c;d"]),
      ],
    ])

  static let empty = table(["name", "count"], [.text, .integer], [])

  static let count = ResultTable(
    columns: [
      ResultTable.Column(name: "count", kind: .integer, cells: .values([.integer(37)]))
    ], rowCount: 1, isSingleObject: true, presentation: .card, table: Table())

  static let card = ResultTable(
    columns: [
      ResultTable.Column(name: "id", kind: .text, cells: .values([.text("17x1")])),
      ResultTable.Column(name: "name", kind: .text, cells: .values([.text("Acme")])),
      ResultTable.Column(
        name: "permissions", kind: .flags,
        cells: .values([
          .flags([
            flag("agent_types.inbound", true), flag("agent_types.outbound", false),
            flag("own.thing", true),
          ])
        ])),
    ], rowCount: 1, isSingleObject: true, presentation: .card, table: Table())

  private static func flag(_ name: Text, _ isOn: Bool) -> ResultValue.Flag {
    ResultValue.Flag(name: name, isOn: isOn)
  }

  static func table(
    _ names: [Text], _ kinds: [ResultTable.Kind], _ rows: [[ResultValue]], footer: String? = nil
  ) -> ResultTable {
    let columns = names.indices.map { index in
      ResultTable.Column(
        name: names[index], kind: kinds[index], cells: .values(rows.map { $0[index] }))
    }
    return ResultTable(columns: columns, rowCount: rows.count, footer: footer, table: Table())
  }

  static let granted = ChangeSummary(
    deed: .renamed(from: "A", to: "B\u{1B}"), matched: 1, changed: 1, already: 0, protected: 0,
    change: 17)
  static let nothing = ChangeSummary(
    deed: .deleted, matched: 0, changed: 0, already: 0, protected: 0, change: nil)

  static func written(
    _ outcome: Outcome, as format: OutputFormat, on screen: Screen = .unbounded
  ) throws -> String {
    var buffer = OutputBuffer(to: nil)
    try ResultWriter(format: format, screen: screen).write(outcome, to: &buffer)
    return String(decoding: buffer.bytes, as: UTF8.self)
  }
}
