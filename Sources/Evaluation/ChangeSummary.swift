package import Diagnostics
package import Language

/// How many subaccounts a write concerned, and what it did to them.
///
/// `matched` is `changed` and `already` and `protected` together.
package struct ChangeSummary: Sendable {
  /// What was done, from which the words for people are made when somebody reads them.
  package let deed: Deed
  /// Subaccounts that the statement names.
  package let matched: Int
  /// Of these, changed.
  package let changed: Int
  /// Of these, already as the statement wants them.
  package let already: Int
  /// Of these, left alone because they are protected.
  package let protected: Int
  /// The change's number, or nil where nothing changed.
  package let change: Int?

  package init(
    deed: Deed, matched: Int, changed: Int, already: Int, protected: Int, change: Int?
  ) {
    self.deed = deed
    self.matched = matched
    self.changed = changed
    self.already = already
    self.protected = protected
    self.change = change
  }

  /// The statement's first word, such as `grant`.
  package var statement: String { deed.verb }

  /// The same for people, in one line: `granted outbound to 42 subaccounts; 8 already had it`.
  package var sentence: String { deed.sentence(for: self) }

  /// Whether its sentence is that of another, too: nothing but the change's number may differ.
  package func readsLike(_ other: ChangeSummary) -> Bool {
    changed == other.changed && already == other.already && protected == other.protected
      && matched == other.matched && (change == nil) == (other.change == nil)
      && deed == other.deed
  }
}

/// What a write did, with the statement's own words.
package enum Deed: Hashable, Sendable {
  case granted(PermissionList)
  case revoked(PermissionList)
  case grantedOnly(PermissionList)
  case copied(PermissionList, from: Text)
  case created([Placed<Text>], start: CreationStart)
  case renamed(from: Text, to: Text)
  case deleted
  case set([Text])
  case unset([Text])
  case protected
  case unprotected
  /// `created` of the changed subaccounts are new.
  case imported(file: Text, created: Int)
  /// A set's name with its `$`, or `policy NAME`.
  case defined(Text)
  case dropped(Text)
  case createdPermission(Text)
  /// The changes that were put back.
  case undone(ClosedRange<Int>)
  case restored(PermissionList)
}

/// Whose permissions new subaccounts were given.
package enum CreationStart: Hashable, Sendable {
  /// The most recently created subaccount's; nil where there was none.
  case inherited(from: Text?)
  case like(Text)
  case stated
}
