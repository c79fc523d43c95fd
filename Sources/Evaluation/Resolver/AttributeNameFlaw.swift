import Diagnostics

/// Why a word can't name an attribute: no file could carry it there and back.
package enum AttributeNameFlaw: Equatable, Sendable {
  case dot
  case outerSpace
  case takenByFiles
  case secret

  /// Nil where the folded name is a good one.
  init?(_ name: Text) {
    if name.utf8.contains(0x2E) {
      self = .dot
    } else if let first = name.utf8.first, let last = name.utf8.last, first <= 0x20 || last <= 0x20
    {
      self = .outerSpace
    } else if ResolvedAttribute.fileWords.contains(name) {
      self = .takenByFiles
    } else if ResolvedAttribute.secrets.contains(name) {
      self = .secret
    } else {
      return nil
    }
  }

  var words: String {
    switch self {
    case .dot: "a name with a dot is a permission's; write it without"
    case .outerSpace: "in files, spaces around a name do not count; write it without"
    case .takenByFiles: "files use this name for something else; choose another"
    case .secret: "files drop this column, because it holds a secret; choose another name"
    }
  }
}
