import Language

/// Makes random sentences of a grammar.
struct SentenceGenerator {
  private let grammar: Grammar
  private var random: SeededGenerator
  /// How many rules deep each rule must go at least: where the sentence has grown enough, the
  /// shallowest way is taken.
  private let depths: [String: Int]
  private var depth = 0
  private var tokens: [Token] = []

  private struct Token {
    let text: String
    /// Whether a line end may stand before it.
    let mayBeginLine: Bool
  }

  init(_ grammar: Grammar, seed: Int) throws {
    self.grammar = grammar
    random = SeededGenerator(seed: seed)
    depths = try SentenceGenerator.depths(grammar)
  }

  /// A sentence of a rule, with white space, line ends and comments as they please.
  mutating func sentence(_ rule: String) throws -> String {
    tokens = []
    depth = 0
    try generate(.rule(rule))
    return spaced()
  }

  // MARK: Rules

  private mutating func generate(_ node: Grammar.Node) throws {
    switch node {
    case .terminal(let text):
      append(keyword: text)
    case .rule(let name):
      if name == name.uppercased() {
        depth += 1
        try generate(try body(name))
        depth -= 1
      } else {
        // A topic stands on the line of its `help`; a column may be a word that begins a statement.
        let text = try characters(.rule(name))
        tokens.append(Token(text: text, mayBeginLine: name != "topic" && name != "column"))
      }
    case .sequence(let nodes):
      for node in nodes { try generate(node) }
    case .choice(let nodes):
      try generate(chosen(nodes))
    case .anyOrder(let nodes):
      for node in nodes.shuffled(using: &random) { try generate(node) }
    case .optional(let node):
      if wantsMore { try generate(node) }
    case .repeated(let node):
      while wantsMore, chance(of: 2, in: 3) { try generate(node) }
    case .range, .special:
      throw GrammarMistake("characters in a rule of tokens")
    }
  }

  private mutating func append(keyword: String) {
    guard keyword.allSatisfy(\.isLetter) else {
      tokens.append(Token(text: keyword, mayBeginLine: true))
      return
    }
    let begins = Keyword.allCases.contains { $0.spelling == keyword && $0.beginsStatement }
    let shown = String(
      keyword.map { chance(of: 1, in: 10) ? Character($0.uppercased()) : $0 })
    tokens.append(Token(text: shown, mayBeginLine: !begins))
  }

  /// The text of a token's rule.
  private mutating func characters(_ node: Grammar.Node) throws -> String {
    switch node {
    case .terminal(let text):
      return text
    case .range(let lower, let upper):
      let value = UInt32.random(in: lower.value...upper.value, using: &random)
      return Unicode.Scalar(value).map { String(Character($0)) } ?? ""
    case .rule(let name):
      return try characters(try body(name))
    case .special(let text):
      return try sample(text)
    case .sequence(let nodes):
      return try nodes.reduce(into: "") { try $0 += characters($1) }
    case .choice(let nodes):
      return try characters(nodes[Int.random(in: nodes.indices, using: &random)])
    case .optional(let node):
      return chance(of: 1, in: 2) ? try characters(node) : ""
    case .repeated(let node):
      return try (0..<Int.random(in: 0...5, using: &random)).reduce(into: "") { text, _ in
        try text += characters(node)
      }
    case .anyOrder:
      throw GrammarMistake("any order in a token")
    }
  }

  private func body(_ rule: String) throws -> Grammar.Node {
    guard let node = grammar.rules[rule] else { throw GrammarMistake("no rule '\(rule)'") }
    return node
  }

  // MARK: Choices

  /// Whether the sentence may still grow.
  private var wantsMore: Bool {
    mutating get { tokens.count < 60 && depth < 12 && chance(of: 1, in: 2) }
  }

  private mutating func chosen(_ nodes: [Grammar.Node]) -> Grammar.Node {
    if tokens.count < 60, depth < 12 { return nodes[Int.random(in: nodes.indices, using: &random)] }
    return nodes.min { SentenceGenerator.depth($0, depths) < SentenceGenerator.depth($1, depths) }
      ?? .sequence([])
  }

  private mutating func chance(of wins: Int, in throwCount: Int) -> Bool {
    Int.random(in: 0..<throwCount, using: &random) < wins
  }

  private static func depths(_ grammar: Grammar) throws -> [String: Int] {
    var depths: [String: Int] = [:]
    for _ in grammar.names {
      for (name, node) in grammar.rules { depths[name] = depth(node, depths) + 1 }
    }
    if let endless = depths.first(where: { $0.value >= 1000 }) {
      throw GrammarMistake("'\(endless.key)' never ends")
    }
    return depths
  }

  private static func depth(_ node: Grammar.Node, _ depths: [String: Int]) -> Int {
    switch node {
    case .terminal, .range, .special, .optional, .repeated: 0
    case .rule(let name): min(1000, depths[name] ?? 1000)
    case .sequence(let nodes), .anyOrder(let nodes): nodes.map { depth($0, depths) }.max() ?? 0
    case .choice(let nodes): nodes.map { depth($0, depths) }.min() ?? 0
    }
  }

  // MARK: Samples

  /// What only words can describe.
  private mutating func sample(_ description: String) throws -> String {
    switch description {
    case "a word that is not reserved":
      return ["plan", "id", "name", "Protected", "max_agents", "x1", "_", "report"]
        .randomElement(using: &random) ?? "plan"
    case "a character but a backquote or a backslash": return character(but: "`")
    case "a character but a double quote or a backslash": return character(but: "\"")
    case "a character but a single quote or a backslash": return character(but: "'")
    case "a code point in hexadecimal":
      return ["0", "7", "1b", "e9", "202E", "1F600", "10FFFF", "000041"]
        .randomElement(using: &random) ?? "41"
    case "a text that is not empty": return #""x y-1726""#
    case "one digit, small enough": return String(Int.random(in: 0...5, using: &random))
    case "digits up to the greatest number, with single \"_\" between them":
      return ["0", "7", "40", "1_000", "2_5_0", "00012", "1234567"]
        .randomElement(using: &random) ?? "1"
    case "two wholes with \"..\" between them, the first not the greater":
      let low = Int.random(in: 0...50, using: &random)
      return "\(low)..\(low + Int.random(in: 0...50, using: &random))"
    case "a date of the calendar, as in 2026-11-01":
      return ["2026-11-01", "2024-02-29", "1970-01-01", "1969-12-31", "2000-12-31"]
        .randomElement(using: &random) ?? "2026-11-01"
    default: throw GrammarMistake("nobody knows '\(description)'")
    }
  }

  private mutating func character(but quote: Character) -> String {
    let characters: [Character] = [
      "a", "B", "7", " ", "-", "*", "é", "e\u{301}", "漢", "👨‍👩‍👧", "{", ";", "'", "\"", "`", "#", "\t",
    ]
    let allowed = characters.filter { $0 != quote }
    return String(allowed[Int.random(in: allowed.indices, using: &random)])
  }

  // MARK: Space

  private mutating func spaced() -> String {
    var text = ""
    var mustBeginLine = true
    for token in tokens {
      if token.text == ";", chance(of: 1, in: 2) {
        // What follows is a word that begins a statement, a `;`, a `}` or nothing.
        text += "\n"
        mustBeginLine = true
        continue
      }
      if !mustBeginLine { text += space(before: token) }
      mustBeginLine = false
      text += token.text
    }
    return text
  }

  private mutating func space(before token: Token) -> String {
    let isTight = token.text == "," || token.text == ")" || token.text == ";"
    if isTight, chance(of: 1, in: 2) { return "" }
    guard token.mayBeginLine else { return " " }
    return [" ", " ", " ", "  ", "\t", "\n", "\r\n", "\r", " -- why\n", "\n\n-- why \"\n"]
      .randomElement(using: &random) ?? " "
  }
}
