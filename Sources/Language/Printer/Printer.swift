import Diagnostics

/// Trees to text on one line, as definitions and the history keep it.
///
/// Parsing what it prints gives the same tree again, whatever the tree holds. One function for each
/// rule of the grammar, as in the parser. Nothing is written that a terminal or an editor could take
/// for something else: hidden characters are escaped, so that the text can be shown anywhere.
package struct Printer {
  var output = ""

  private init() {}

  package static func text(_ statement: Statement) -> String {
    printed { $0.statement(statement) }
  }

  package static func text(_ write: WriteStatement) -> String {
    printed { $0.write(write) }
  }

  package static func text(_ selection: Selection) -> String {
    printed { $0.selection(selection) }
  }

  package static func text(_ permissions: PermissionList) -> String {
    printed { $0.permissionList(permissions) }
  }

  package static func text(_ condition: Condition) -> String {
    printed { $0.condition(condition) }
  }

  package static func text(_ value: Value) -> String {
    printed { $0.value(value) }
  }

  /// The statements of a script, each ended by `;`, on one line.
  package static func text(_ statements: [Statement]) -> String {
    printed { $0.statements(statements) }
  }

  private static func printed(_ print: (inout Printer) -> Void) -> String {
    var printer = Printer()
    print(&printer)
    return printer.output
  }
}

/// The steps that every rule is made of.
extension Printer {
  mutating func word(_ keyword: Keyword) {
    if !output.isEmpty, output.utf8.last != UInt8(ascii: " "),
      output.utf8.last != UInt8(ascii: "(")
    {
      output += " "
    }
    output += keyword.spelling
  }

  mutating func words(_ keywords: Keyword...) {
    for keyword in keywords { word(keyword) }
  }

  /// Text that stands apart from what is before it.
  mutating func piece(_ text: String) {
    if !output.isEmpty, output.utf8.last != UInt8(ascii: "(") { output += " " }
    output += text
  }

  /// Elements parted by commas.
  mutating func list<Element>(
    _ elements: [Element], _ print: (inout Printer, Element) -> Void
  ) {
    for (index, element) in elements.enumerated() {
      if index > 0 { output += "," }
      print(&self, element)
    }
  }

  mutating func text(_ text: Text) {
    piece(Spelling.quoted(text))
  }

  /// A name as it stands, in backquotes where it must.
  mutating func name(_ name: Text) {
    piece(Spelling.name(name))
  }

  mutating func variable(_ name: Text) {
    piece(Spelling.variable(name))
  }

  mutating func number(_ number: Int) {
    piece(String(number))
  }
}
