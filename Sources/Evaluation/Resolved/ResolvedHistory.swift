package import Diagnostics
package import Language

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

/// `compare REF with REF`, each as of its own moment.
package struct ResolvedComparison: Sendable {
  package struct Operand: Sendable {
    package let reference: ResolvedReference
    /// Nil: now.
    package let asOf: ResolvedMoment?

    package init(reference: ResolvedReference, asOf: ResolvedMoment?) {
      self.reference = reference
      self.asOf = asOf
    }
  }

  package let left: Operand
  package let right: Operand

  package init(left: Operand, right: Operand) {
    self.left = left
    self.right = right
  }
}

/// `why REF (has | lacks) PERM`.
package struct ResolvedWhy: Sendable {
  package let reference: ResolvedReference
  package let verb: PermissionTest.Verb
  package let permissions: ResolvedPermissions
  /// One permission is named, not a set of them.
  package let isSingle: Bool
  /// All of the store, for those that forbid the opposite.
  package let policies: [ResolvedPolicy]
  /// Nil: now.
  package let asOf: ResolvedMoment?

  package init(
    reference: ResolvedReference, verb: PermissionTest.Verb, permissions: ResolvedPermissions,
    isSingle: Bool, policies: [ResolvedPolicy], asOf: ResolvedMoment?
  ) {
    self.reference = reference
    self.verb = verb
    self.permissions = permissions
    self.isSingle = isSingle
    self.policies = policies
    self.asOf = asOf
  }
}
