package import Diagnostics
import Evaluation

/// What stands before the input, and at the right end of its line.
package struct PromptText: Equatable, Sendable {
  package let left: String
  package let right: String

  /// Longer names are cut: the line belongs to the statement.
  private static let longestName = 24
  private static let suffix = ".permdb"

  /// `store` is its path, nil for one in memory; `lastChange` counts those of the open transaction too.
  package init(store: Text?, isInTransaction: Bool, isReadOnly: Bool, lastChange: Int) {
    let mode = isReadOnly ? " (read-only)" : ""
    left = "\(PromptText.name(of: store))\(isInTransaction ? "*" : "")\(mode)> "
    right = lastChange == 0 ? "" : "change \(Quantity.grouped(lastChange))"
  }

  /// The last part of the path, without what all stores end in.
  private static func name(of store: Text?) -> String {
    guard let store else { return "memory" }
    var name = store.string.split(separator: "/").last.map(String.init) ?? store.string
    if name.hasSuffix(suffix), name.utf8.count > suffix.utf8.count {
      name.removeLast(suffix.count)
    }
    var bytes = Array(TerminalEscape.escape(name).utf8)
    _ = HumanText.cut(&bytes, to: longestName)
    return String(decoding: bytes, as: UTF8.self)
  }
}
