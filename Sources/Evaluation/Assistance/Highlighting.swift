import Diagnostics
import Language
import Permissions
import Storage

extension Session {
  /// What each part of a line being typed is; names are looked up in the store as it is known.
  ///
  /// A word that the cursor touches is not called unknown while something begins with it, nor is a
  /// subaccount's name as long as an index would have to be made to know.
  ///
  /// - Parameters:
  ///   - bytes: the line.
  ///   - cursor: an offset within it.
  /// - Returns: the parts that have a look of their own, in the order of their places.
  package func highlight(
    _ bytes: [UInt8], cursor: Int
  ) -> [Highlight] {
    let syntax = Syntax(SourceText(name: "<prompt>", bytes: bytes))
    var names: [Int: (upper: Int, role: Highlight.Role)] = [:]
    let scope = promptScope
    for name in syntax.names {
      let (range, role) = judge(name, scope, cursor: cursor)
      names[range.lower] = (range.upper, role)
    }
    let wrong = syntax.mistakes.filter { !isUnfinished($0, in: bytes, cursor: cursor) }
    var highlights: [Highlight] = []
    var name: (upper: Int, role: Highlight.Role)?
    for (part, range) in syntax.parts {
      if let found = names[range.lower] { name = found }
      if let current = name, range.lower >= current.upper { name = nil }
      let isWrong = wrong.contains {
        $0.lower < range.upper && ($0.upper > range.lower || $0.lower == range.lower)
      }
      let role = isWrong ? .unknown : name?.role ?? Highlight.Role(part)
      if let role, range.upper > range.lower { highlights.append(Highlight(range, role)) }
    }
    return highlights
  }

  private func judge(
    _ name: NamedPlace, _ scope: Scope, cursor: Int
  ) -> (SourceRange, Highlight.Role) {
    switch name {
    case .permission(let permission):
      let range = permission.place.range
      let isKnown = scope.knows(permission, isUnfinished: range.upper == cursor)
      if case .variable = permission.kind { return (range, isKnown ? .variable : .unknown) }
      return (range, isKnown ? .permission : .unknown)
    case .attribute(let attribute):
      let range = attribute.place.range
      let isKnown = scope.knows(attribute: attribute.value, isUnfinished: range.upper == cursor)
      return (range, isKnown ? .attribute : .unknown)
    case .reference(let reference):
      let range = reference.place.range
      switch reference.kind {
      case .name(let text):
        let isUnknown = store.table.findsNamesAtOnce && store.table.rows(named: text).isEmpty
        return (range, isUnknown ? .unknown : .text)
      case .id(let id):
        let isKnown = range.upper == cursor || store.table.row(id: id) != nil
        return (range, isKnown ? .text : .unknown)
      case .variable(let text):
        let isKnown = scope.knows(variable: text, isUnfinished: range.upper == cursor)
        return (range, isKnown ? .variable : .unknown)
      case .those: return (range, .keyword)
      }
    }
  }

  /// Whether a mistake is only a word that is not yet typed to its end.
  private func isUnfinished(_ mistake: SourceRange, in bytes: [UInt8], cursor: Int) -> Bool {
    guard mistake.upper >= cursor, mistake.lower <= cursor else { return false }
    let expected = Parser.expected(in: bytes, at: cursor)
    if expected.partial == .nothing { return mistake.lower == mistake.upper }
    let typed = String(decoding: bytes[expected.replaced], as: UTF8.self).lowercased()
    return typed == "$" || typed == "#"
      || expected.keywords.contains { $0.spelling.hasPrefix(typed) }
      || expected.slots.contains(.permission) || expected.slots.contains(.attribute)
  }
}

extension Highlight.Role {
  /// What a part is by itself; nil for what has no look of its own.
  fileprivate init?(_ part: Syntax.Part) {
    switch part {
    case .keyword: self = .keyword
    case .text, .id: self = .text
    case .number, .time: self = .number
    case .variable: self = .variable
    case .comment: self = .comment
    case .invalid: self = .unknown
    case .word, .sign: return nil
    }
  }
}

extension Scope {
  /// Whether a permission's name means something, or may once it is typed to its end.
  fileprivate func knows(_ name: PermissionName, isUnfinished: Bool) -> Bool {
    switch name.kind {
    case .bare(let text):
      if catalog.lookup(bareName: text) != .unknown { return true }
      return isUnfinished && catalog.begins(text)
    case .canonical(let area, let field):
      if catalog.lookup(area: area, field: field) != nil { return true }
      return isUnfinished && catalog.begins(Text("\(area).\(field)"))
    case .area(let area): return catalog.lookup(area: area) != nil
    case .everything: return true
    case .label(let text): return catalog.lookup(label: text) != .unknown
    case .variable(let text): return knows(variable: text, isUnfinished: isUnfinished)
    }
  }

  fileprivate func knows(attribute: Text, isUnfinished: Bool) -> Bool {
    if attributes[attribute] != nil { return true }
    let builtIn = ResolvedAttribute.builtIn.map(\.name)
    if builtIn.contains(attribute) { return true }
    let all = builtIn + Array(attributes.keys) + [Text("having"), Text("lacking"), Text("not")]
    return isUnfinished && all.contains { $0.string.hasPrefix(attribute.string) }
  }

  fileprivate func knows(variable: Text, isUnfinished: Bool) -> Bool {
    if variables[variable] != nil || definitions[variable] != nil { return true }
    let all = Array(variables.keys) + Array(definitions.keys)
    return isUnfinished && all.contains { $0.string.hasPrefix(variable.string) }
  }
}

extension Catalog {
  /// Whether a permission's or an area's name begins with a text, in any case.
  func begins(_ text: Text) -> Bool {
    let wanted = text.string.lowercased()
    return permissions.contains {
      $0.field.string.hasPrefix(wanted) || $0.canonicalName.string.hasPrefix(wanted)
    }
  }
}
