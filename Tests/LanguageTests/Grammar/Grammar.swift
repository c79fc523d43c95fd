import Foundation

/// The published grammar, read from its file.
struct Grammar {
  /// The right side of a rule.
  indirect enum Node {
    case terminal(String)
    case range(Unicode.Scalar, Unicode.Scalar)
    case rule(String)
    case special(String)
    case sequence([Node])
    case choice([Node])
    case anyOrder([Node])
    case optional(Node)
    case repeated(Node)
  }

  let rules: [String: Node]
  /// In the order of the file.
  let names: [String]

  static func published(testFile: String = #filePath) throws -> Grammar {
    var folder = URL(fileURLWithPath: testFile)
    let name = "grammar/permql.ebnf"
    while folder.path != "/" {
      folder.deleteLastPathComponent()
      let file = folder.appendingPathComponent(name)
      if let text = try? String(contentsOf: file, encoding: .utf8) {
        var reader = GrammarReader(text)
        return try reader.grammar()
      }
    }
    throw GrammarMistake("no \(name) above \(testFile)")
  }

  /// The words that stand between quotes in the rules made of tokens.
  var words: Set<String> {
    var words: Set<String> = []
    for (name, node) in rules where name == name.uppercased() { collectWords(node, &words) }
    return words
  }

  private func collectWords(_ node: Node, _ words: inout Set<String>) {
    switch node {
    case .terminal(let text):
      if text.allSatisfy(\.isLetter) { words.insert(text) }
    case .range, .rule, .special: break
    case .sequence(let nodes), .choice(let nodes), .anyOrder(let nodes):
      for node in nodes { collectWords(node, &words) }
    case .optional(let node), .repeated(let node): collectWords(node, &words)
    }
  }
}

struct GrammarMistake: Error {
  let text: String

  init(_ text: String) {
    self.text = text
  }
}

/// Reads the notation that the head of the grammar explains.
private struct GrammarReader {
  private var rest: Substring

  init(_ text: String) {
    rest = text[...]
  }

  mutating func grammar() throws -> Grammar {
    var rules: [String: Grammar.Node] = [:]
    var names: [String] = []
    skip()
    while !rest.isEmpty {
      let name = takeName()
      try expect("=")
      guard !name.isEmpty, rules[name] == nil else { throw GrammarMistake("rule '\(name)'") }
      rules[name] = try choice()
      names.append(name)
      try expect(";")
    }
    return Grammar(rules: rules, names: names)
  }

  private mutating func choice() throws -> Grammar.Node {
    var nodes = [try anyOrder()]
    while take("|") { nodes.append(try anyOrder()) }
    return nodes.count == 1 ? nodes[0] : .choice(nodes)
  }

  private mutating func anyOrder() throws -> Grammar.Node {
    var nodes = [try sequence()]
    while take("&") { nodes.append(try sequence()) }
    return nodes.count == 1 ? nodes[0] : .anyOrder(nodes)
  }

  private mutating func sequence() throws -> Grammar.Node {
    var nodes: [Grammar.Node] = []
    while let node = try item() { nodes.append(node) }
    guard !nodes.isEmpty else { throw GrammarMistake("nothing before '\(rest.prefix(20))'") }
    return nodes.count == 1 ? nodes[0] : .sequence(nodes)
  }

  private mutating func item() throws -> Grammar.Node? {
    guard let first = rest.first else { return nil }
    switch first {
    case "\"", "'":
      let text = try quoted(first)
      guard take("..") else { return .terminal(text) }
      let end = try quoted("\"")
      guard let lower = text.unicodeScalars.first, let upper = end.unicodeScalars.first else {
        throw GrammarMistake("empty range")
      }
      return .range(lower, upper)
    case "?":
      return .special(try quoted("?").trimmingCharacters(in: .whitespaces))
    case "(":
      rest.removeFirst()
      skip()
      let node = try choice()
      try expect(")")
      return node
    case "[":
      rest.removeFirst()
      skip()
      let node = try choice()
      try expect("]")
      return .optional(node)
    case "{":
      rest.removeFirst()
      skip()
      let node = try choice()
      try expect("}")
      return .repeated(node)
    default:
      let name = takeName()
      return name.isEmpty ? nil : .rule(name)
    }
  }

  private mutating func quoted(_ quote: Character) throws -> String {
    rest.removeFirst()
    guard let end = rest.firstIndex(of: quote) else { throw GrammarMistake("open \(quote)") }
    let text = String(rest[..<end])
    rest = rest[rest.index(after: end)...]
    skip()
    return text
  }

  private mutating func takeName() -> String {
    let name = rest.prefix { $0.isLetter || $0 == "_" }
    rest = rest.dropFirst(name.count)
    skip()
    return String(name)
  }

  private mutating func take(_ sign: String) -> Bool {
    guard rest.hasPrefix(sign) else { return false }
    rest = rest.dropFirst(sign.count)
    skip()
    return true
  }

  private mutating func expect(_ sign: String) throws {
    guard take(sign) else { throw GrammarMistake("no '\(sign)' at '\(rest.prefix(30))'") }
  }

  private mutating func skip() {
    while true {
      rest = rest.drop { $0.isWhitespace }
      guard rest.hasPrefix("(*"), let end = rest.range(of: "*)") else { return }
      rest = rest[end.upperBound...]
    }
  }
}
