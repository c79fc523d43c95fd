package import Diagnostics

/// Which changes `show changes` lists.
package struct ResolvedChangeFilter: Sendable {
  /// Nil: whomever they touched.
  package let subaccounts: ResolvedSelection?
  /// Nil: whatever they did.
  package let permissions: ResolvedPermissions?
  package let actor: Text?
  /// Those after this moment.
  package let since: ResolvedMoment?
  /// Those up to this moment.
  package let until: ResolvedMoment?

  package init(
    subaccounts: ResolvedSelection?, permissions: ResolvedPermissions?, actor: Text?,
    since: ResolvedMoment?, until: ResolvedMoment?
  ) {
    self.subaccounts = subaccounts
    self.permissions = permissions
    self.actor = actor
    self.since = since
    self.until = until
  }
}
