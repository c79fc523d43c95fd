import Diagnostics
import Evaluation
import Permissions
import Storage

/// What the name of a column or key stands for.
enum FieldMeaning: Equatable {
  case id
  case name
  case created
  case protection
  case attribute(Text)
  case permission(PermissionNumber)
  /// Shown by queries, and not to be set: `permission_count`, `changed`, `changed_by`.
  case ignored
  /// Must not be stored.
  case secret
}

/// Looks up the names that files use.
struct FieldNames {
  private let catalog: Catalog
  private let known: Set<Text>
  private let byAPIField: [Text: PermissionNumber]

  init(catalog: Catalog, attributes: [AttributeDefinition]) {
    self.catalog = catalog
    known = Set(attributes.map(\.name))
    var byAPIField: [Text: PermissionNumber] = [:]
    for (index, permission) in catalog.permissions.enumerated() {
      if let field = permission.apiField { byAPIField[field] = PermissionNumber(index) }
    }
    self.byAPIField = byAPIField
  }

  /// Names match in any case and with spaces around.
  static func folded(_ bytes: Span<UInt8>) -> Text {
    var result: [UInt8] = []
    var isASCII = true
    for index in bytes.withinSpaces {
      let byte = bytes[index]
      if byte >= 0x80 { isASCII = false }
      result.append((0x41...0x5A).contains(byte) ? byte | 0x20 : byte)
    }
    let text = String(decoding: result, as: UTF8.self)
    return Text(isASCII ? text : text.lowercased())
  }

  /// Looks up a folded name.
  ///
  /// `others` are the permissions that the same file names in full. A bare name beside them is no
  /// second name for the same, so it is an attribute.
  func meaning(of name: Text, besides others: PermissionSet) throws(InterchangeProblem)
    -> FieldMeaning
  {
    switch name {
    case "": throw .unnamedColumn
    case "id", "subaccount_id": return .id
    case "name", "subaccount_name": return .name
    case "created": return .created
    case "protected": return .protection
    case "permission_count", "changed", "changed_by", "permissions": return .ignored
    case _ where ResolvedAttribute.secrets.contains(name): return .secret
    default: break
    }
    if known.contains(name) { return .attribute(name) }
    if name.utf8.contains(0x2E) { return .permission(try permission(name)) }
    if let number = try barePermission(name), !others.contains(number) {
      return .permission(number)
    }
    guard name.count <= SubaccountBuilder.nameLimit else { throw .nameTooLong }
    return .attribute(name)
  }

  /// The permission of a whole or bare name.
  func permission(_ name: Text) throws(InterchangeProblem) -> PermissionNumber {
    if let number = fullName(name) { return number }
    if let number = try barePermission(name) { return number }
    throw .unknownPermission(name, nearest: nearest(to: name))
  }

  /// The permission of a name such as `agent_types.outbound`.
  func fullName(_ name: Text) -> PermissionNumber? {
    guard let dot = name.utf8.firstIndex(of: 0x2E) else { return nil }
    return catalog.lookup(
      area: Text(name.string[..<dot]),
      field: Text(name.string[name.utf8.index(after: dot)...]))
  }

  func canonicalName(of permission: PermissionNumber) -> Text {
    catalog[permission].canonicalName
  }

  private func barePermission(_ name: Text) throws(InterchangeProblem) -> PermissionNumber? {
    if let number = byAPIField[name] { return number }
    switch catalog.lookup(bareName: name) {
    case .one(let number): return number
    case .preferred(let chosen, _): return chosen
    case .ambiguous(let candidates):
      throw .ambiguousPermission(name, candidates: candidates.map { catalog[$0].canonicalName })
    case .unknown: return nil
    }
  }

  private func nearest(to name: Text) -> Text? {
    let canonical = catalog.permissions.map(\.canonicalName)
    return Suggestion.nearest(
      to: name, among: name.utf8.contains(0x2E) ? canonical : catalog.permissions.map(\.field))
  }
}
