package import Storage

/// What a write would do: its effects, not yet appended, and whom it concerns.
package struct ComputedWrite: Sendable {
  package var effects: Effects
  package var deed: Deed
  /// Subaccounts that it changes.
  package var changed: Int
  /// Subaccounts that are already as it wants them.
  package var already: Int
  /// Subaccounts that it leaves alone because they are protected.
  package var protected: Int

  package init(effects: Effects, deed: Deed, changed: Int, already: Int, protected: Int = 0) {
    self.effects = effects
    self.deed = deed
    self.changed = changed
    self.already = already
    self.protected = protected
  }

  /// Subaccounts that it names.
  package var matched: Int { changed + already + protected }

  func summary(change: Int?) -> ChangeSummary {
    ChangeSummary(
      deed: deed, matched: matched, changed: changed, already: already, protected: protected,
      change: change)
  }
}

extension Effects {
  /// Whether there is anything to append.
  var isEmpty: Bool {
    created.count == 0 && deleted.isEmpty && restored.isEmpty && flips.isEmpty
      && protection.isEmpty && renames.isEmpty && cells.isEmpty && addedAttributes.isEmpty
      && addedPermissions.isEmpty && definitions.isEmpty
  }

  /// Whether names that the resolver knows come or go.
  var changesNames: Bool {
    !addedAttributes.isEmpty || !addedPermissions.isEmpty || !definitions.isEmpty
  }
}
