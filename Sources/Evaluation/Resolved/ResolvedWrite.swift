package import Diagnostics
package import Language
package import Permissions
package import Storage

/// A write with every name looked up but those of subaccounts.
package struct ResolvedWrite: Sendable {
  package enum Action: Sendable {
    case grant(ResolvedPermissions, to: ResolvedSelection)
    case revoke(ResolvedPermissions, from: ResolvedSelection)
    case grantOnly(ResolvedPermissions, to: ResolvedSelection)
    case copy(ResolvedPermissions, from: ResolvedReference, to: ResolvedSelection)
    case create(ResolvedCreation)
    case rename(ResolvedReference, to: Placed<Text>)
    case delete(ResolvedSelection)
    case set([ResolvedAssignment], for: ResolvedSelection)
    case unset([ResolvedTarget], for: ResolvedSelection)
    case protect(ResolvedSelection)
    case unprotect(ResolvedSelection)
    case importFile(ImportFile)
    /// A saved set or a policy that is made, or takes the place of one of the same name.
    case define(Definition)
    case drop(Definition)
    case createPermission(Permission)
    case undo(UndoTarget)
    case restore(ResolvedPermissions, of: ResolvedSelection, asOf: ResolvedMoment)
  }

  package let action: Action
  package let modifiers: Modifiers
  package let place: Place

  package init(action: Action, modifiers: Modifiers, place: Place) {
    self.action = action
    self.modifiers = modifiers
    self.place = place
  }
}

package struct ResolvedCreation: Sendable {
  package enum Start: Sendable {
    case inherited
    case like(ResolvedReference)
    case with(PermissionSet)
    case withNothing
  }

  package let names: [Placed<Text>]
  package let start: Start
  package let assignments: [ResolvedAssignment]

  package init(names: [Placed<Text>], start: Start, assignments: [ResolvedAssignment]) {
    self.names = names
    self.start = start
    self.assignments = assignments
  }
}

/// An attribute that a write changes: the table's, or a new one that the write makes.
package enum ResolvedTarget: Sendable {
  case stored(AttributeNumber)
  case new(AttributeDefinition)
}

package struct ResolvedAssignment: Sendable {
  package let target: ResolvedTarget
  package let value: AttributeValue
  package let place: Place

  package init(target: ResolvedTarget, value: AttributeValue, place: Place) {
    self.target = target
    self.value = value
    self.place = place
  }
}
