import Diagnostics
import Language
import Testing

@Suite("The published grammar")
struct GrammarTests {
  @Test("has the same words as the keyword table")
  func words() throws {
    let grammar = try Grammar.published()
    #expect(grammar.words == Set(Keyword.allCases.map(\.spelling)))
  }

  @Test("uses every rule it has, and has every rule it uses")
  func closed() throws {
    let grammar = try Grammar.published()
    var used: Set<String> = ["SCRIPT", "WHO", "PERMS"]
    func collect(_ node: Grammar.Node) {
      switch node {
      case .terminal, .range, .special: break
      case .rule(let name): used.insert(name)
      case .sequence(let nodes), .choice(let nodes), .anyOrder(let nodes): nodes.forEach(collect)
      case .optional(let node), .repeated(let node): collect(node)
      }
    }
    for node in grammar.rules.values { collect(node) }
    #expect(used == Set(grammar.names))
  }

  @Test("makes only statements that are read, printed and read again", arguments: 0..<50)
  func statements(seed: Int) throws {
    var generator = try SentenceGenerator(Grammar.published(), seed: seed)
    for _ in 0..<100 {
      let sentence = try generator.sentence("STATEMENT")
      let statements = parsed(sentence)
      #expect(statements.count == 1, "\(sentence)")
      let printed = Printer.text(statements)
      #expect(parsed(printed) == statements, "\(sentence)\n\(printed)")
    }
  }

  @Test("makes only scripts that are read, printed and read again", arguments: 50..<70)
  func scripts(seed: Int) throws {
    var generator = try SentenceGenerator(Grammar.published(), seed: seed)
    for _ in 0..<50 {
      let sentence = try generator.sentence("SCRIPT")
      let statements = parsed(sentence)
      #expect(parsed(Printer.text(statements)) == statements, "\(sentence)")
    }
  }

  @Test("makes only selections and permissions that are read alone", arguments: 70..<80)
  func parts(seed: Int) throws {
    var generator = try SentenceGenerator(Grammar.published(), seed: seed)
    for _ in 0..<50 {
      let selection = try Parser.parseSelection(SourceText(generator.sentence("WHO")))
      let again = try Parser.parseSelection(SourceText(Printer.text(selection)))
      #expect(again == selection)
      let permissions = try Parser.parsePermissions(SourceText(generator.sentence("PERMS")))
      #expect(try Parser.parsePermissions(SourceText(Printer.text(permissions))) == permissions)
    }
  }
}
