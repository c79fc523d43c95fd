import Diagnostics
import Language

extension Deed {
  /// The statement's first word.
  package var verb: String {
    switch self {
    case .granted, .grantedOnly: "grant"
    case .revoked: "revoke"
    case .copied: "copy"
    case .created, .createdPermission: "create"
    case .renamed: "rename"
    case .deleted: "delete"
    case .set: "set"
    case .unset: "unset"
    case .protected: "protect"
    case .unprotected: "unprotect"
    case .imported: "import"
    case .defined: "define"
    case .dropped: "drop"
    case .undone: "undo"
    case .restored: "restore"
    }
  }

  /// What was done, in one line for people.
  func sentence(for summary: ChangeSummary) -> String {
    var sentence = statement(Quantity.of(summary.changed, "subaccount"), summary)
    if summary.changed == 0, summary.already > 0, let wanted {
      sentence =
        "nothing to change: \(Quantity.of(summary.already, "subaccount")) already \(wanted)"
    } else if summary.already > 0, let state {
      sentence += "; \(Quantity.grouped(summary.already)) \(state(summary.already))"
    }
    if summary.protected > 0 {
      sentence += "; \(Quantity.grouped(summary.protected)) protected left alone"
    }
    return sentence
  }

  private func statement(_ changed: String, _ summary: ChangeSummary) -> String {
    switch self {
    case .granted(let list): "granted " + Printer.text(list) + " to " + changed
    case .revoked(let list): "revoked " + Printer.text(list) + " from " + changed
    case .grantedOnly(let list): "granted only \(Printer.text(list)) to \(changed)"
    case .copied(let list, let source):
      "copied \(Printer.text(list)) from '\(source)' to \(changed)"
    case .created(let names, let start): Deed.creation(names, start)
    case .renamed(let old, let new):
      summary.changed == 0
        ? "'\(new)' keeps its name" : "renamed '\(old)' to '\(new)'"
    case .deleted: "deleted \(changed)"
    case .set(let names): "set \(Deed.list(names)) for \(changed)"
    case .unset(let names): "unset \(Deed.list(names)) for \(changed)"
    case .protected: "protected \(changed)"
    case .unprotected: "unprotected \(changed)"
    case .imported(let file, let created):
      "imported '\(file)': \(Quantity.grouped(created)) new,"
        + " \(Quantity.grouped(summary.changed - created)) changed"
    case .defined(let name):
      summary.change == nil ? "\(name) was defined so already" : "defined \(name)"
    case .dropped(let name): "dropped \(name)"
    case .createdPermission(let name): "created permission \(name)"
    case .undone(let changes): Deed.undoing(changes, summary)
    case .restored(let list): "restored \(Printer.text(list)) of \(changed)"
    }
  }

  /// What is said of those that were as wanted before; nil where there can be none, or no need.
  private var state: ((Int) -> String)? {
    switch self {
    case .granted(let list): { _ in "already had \(list.isOne ? "it" : "them")" }
    case .revoked(let list): { _ in "already lacked \(list.isOne ? "it" : "them")" }
    case .grantedOnly: { _ in "already had exactly those" }
    case .copied: { _ in "already agreed" }
    case .set: { _ in "already so" }
    case .unset: { _ in "already unset" }
    case .protected: { $0 == 1 ? "already was" : "already were" }
    case .unprotected: { $0 == 1 ? "was not protected" : "were not protected" }
    case .imported: { _ in "already as the file says" }
    case .undone: { _ in "changed since and left" }
    case .restored: { _ in "already as then, or not there then" }
    case .created, .renamed, .deleted, .defined, .dropped, .createdPermission: nil
    }
  }

  /// What is said of them where nobody had to change.
  private var wanted: String? {
    switch self {
    case .granted(let list): "had \(Printer.text(list))"
    case .revoked(let list): "lacked \(Printer.text(list))"
    case .grantedOnly(let list): "had exactly \(Printer.text(list))"
    case .copied(let list, let source): "agreed with '\(source)' in \(Printer.text(list))"
    case .set(let names): "had \(names.count == 1 ? "this" : "these") \(Deed.list(names))"
    case .unset(let names): "had no \(Deed.list(names))"
    case .protected: "protected"
    case .unprotected: "unprotected"
    case .restored(let list): "as then in \(Printer.text(list)), or not there then"
    case .imported, .created, .renamed, .deleted, .defined, .dropped, .createdPermission,
      .undone:
      nil
    }
  }

  private static func undoing(_ changes: ClosedRange<Int>, _ summary: ChangeSummary) -> String {
    let which =
      changes.count == 1
      ? "change \(changes.lowerBound)" : "changes \(changes.lowerBound) to \(changes.upperBound)"
    if summary.change == nil && summary.matched == 0 {
      return "nothing of \(which) was to be undone"
    }
    return summary.matched == 0
      ? "undid \(which)" : "undid \(which) for \(Quantity.of(summary.changed, "subaccount"))"
  }

  private static func creation(_ names: [Placed<Text>], _ start: CreationStart) -> String {
    let what =
      names.count == 1
      ? "created subaccount '\(names[0].value)'"
      : "created \(Quantity.of(names.count, "subaccount"))"
    switch start {
    case .inherited(let source?): return what + " with the permissions of '\(source)', the newest"
    case .inherited(nil): return what + " with what is always enabled"
    case .like(let source): return what + " with the permissions of '\(source)'"
    case .stated: return what
    }
  }

  private static func list(_ names: [Text]) -> String {
    names.map(\.string).joined(separator: ", ")
  }
}

extension PermissionList {
  /// Names just one permission.
  fileprivate var isOne: Bool {
    guard included.count == 1, excluded.isEmpty else { return false }
    switch included[0].kind {
    case .bare, .canonical, .label: return true
    case .area, .everything, .variable: return false
    }
  }
}
