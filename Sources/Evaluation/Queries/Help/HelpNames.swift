import Diagnostics
import Language
import Storage

/// What the examples of help are about: names and values of the store at hand, so that they run there.
struct HelpNames {
  /// What stands in the topics' examples, the longest first, and what stands there instead.
  private let replacements: [(old: String, new: String)]

  /// Looked at for names that are easily typed.
  private static let rowsTried = 500
  private static let longestName = 40
  private static let day: Int64 = 86_400_000

  /// Nil where nobody is there to be named.
  init?(_ context: EvaluationContext) {
    let names = HelpNames.names(in: context.table)
    guard let first = names.first else { return nil }
    let second = names.count > 1 ? names[1] : first
    var pairs = [
      ("\"Acme Dental Care\"", Spelling.quoted(Text("\(first) Care"))),
      ("\"Acme Dental\"", Spelling.quoted(first)),
      ("\"Birch Legal\"", Spelling.quoted(second)),
      ("\"Harbor Law\"", Spelling.quoted(second)),
    ]
    pairs += HelpNames.moments(context)
    if let (attribute, values) = HelpNames.attribute(in: context.table) {
      pairs += HelpNames.tests(Spelling.name(attribute), values)
    } else {
      pairs += [
        ("where plan = \"pro\"", "where name = \(Spelling.quoted(first))"),
        ("where plan = \"trial\"", "where name = \"trial\""),
        ("plan in (\"trial\", \"pro\")", "name in (\(Spelling.quoted(first)))"),
        ("count by plan", "count by permission"),
        ("columns name, plan, outbound", "columns name, id, outbound"),
      ]
    }
    replacements = pairs.sorted { $0.0.utf8.count > $1.0.utf8.count }
  }

  /// An example about this store.
  func example(_ text: String) -> String {
    var result = ""
    var rest = text[...]
    while let first = rest.first {
      if let pair = replacements.first(where: { rest.hasPrefix($0.old) }) {
        result += pair.new
        rest = rest.dropFirst(pair.old.count)
      } else {
        result.append(first)
        rest = rest.dropFirst()
      }
    }
    return result
  }

  /// Two names that nobody shares, and that show as they are.
  private static func names(in table: Table) -> [Text] {
    var names: [Text] = []
    for row in table.live.prefix(rows: rowsTried) where names.count < 2 {
      let name = table.name(of: row)
      guard !name.isEmpty, name.utf8.count <= longestName,
        TerminalEscape.escape(name) == name.string, table.rows(named: name).count == 1
      else { continue }
      names.append(name)
    }
    return names
  }

  /// The first text attribute of which some value is common, and its two most common values.
  private static func attribute(in table: Table) -> (Text, [Text])? {
    for (index, attribute) in table.attributes.enumerated() where attribute.type == .text {
      let groups = table.groups(by: AttributeNumber(index), in: table.live)
      // What is different for each, such as an address, tells no groups apart.
      guard groups.count <= max(4, table.live.count / 2) else { continue }
      let values = groups.sorted { $0.count > $1.count }.compactMap { group in
        if case .text(let text)? = group.value, TerminalEscape.escape(text) == text.string {
          text
        } else {
          nil as Text?
        }
      }
      if !values.isEmpty { return (attribute.name, Array(values.prefix(2))) }
    }
    return nil
  }

  private static func tests(_ attribute: String, _ values: [Text]) -> [(String, String)] {
    let quoted = values.map { Spelling.quoted($0) }
    return [
      ("where plan = \"pro\"", "where \(attribute) = \(quoted[0])"),
      ("where plan = \"trial\"", "where \(attribute) = \"trial\""),
      ("plan in (\"trial\", \"pro\")", "\(attribute) in (\(quoted.joined(separator: ", ")))"),
      ("count by plan", "count by \(attribute)"),
      ("columns name, plan, outbound", "columns name, \(attribute), outbound"),
    ]
  }

  /// Changes that there are, and a moment at which today's names were known.
  private static func moments(_ context: EvaluationContext) -> [(String, String)] {
    let last = context.lastChange
    let isOld = context.store.lastChange(at: context.now - 2 * day) == last
    return [
      ("as of yesterday", isOld ? "as of yesterday" : "as of change \(last)"),
      ("change 17", "change \(last)"),
      ("since change 3 until change 9", "since change \(max(0, last - 1)) until change \(last)"),
      ("undo last 3", "undo last \(min(3, last))"),
    ]
  }
}
