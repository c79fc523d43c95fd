package import Diagnostics

/// A statement that changes the store, and its modifiers.
package struct WriteStatement: Hashable, Sendable {
  package enum Action: Hashable, Sendable {
    case grant(PermissionList, to: Selection)
    case revoke(PermissionList, from: Selection)
    /// Exactly these, the rest off.
    case grantOnly(PermissionList, to: Selection)
    case copy(PermissionList, from: Reference, to: Selection)
    case restore(PermissionList, of: Selection, asOf: PlacedTime)
    case create(CreateSubaccounts)
    case rename(Reference, to: Placed<Text>)
    case delete(Selection)
    case set([Assignment], for: Selection)
    case unset([AttributeName], for: Selection)
    case protect(Selection)
    case unprotect(Selection)
    case undo(UndoTarget)
    case importFile(ImportFile)
    case definePermissions(name: Placed<Text>, PermissionList)
    case defineSubaccounts(name: Placed<Text>, Selection)
    case definePolicy(name: Placed<Text>, Selection)
    /// `drop $starter`, without its `$`.
    case dropDefinition(Placed<Text>)
    case dropPolicy(Placed<Text>)
    case createPermission(CreatePermission)
  }

  package let action: Action
  package let modifiers: Modifiers

  package init(action: Action, modifiers: Modifiers) {
    self.action = action
    self.modifiers = modifiers
  }
}

/// What may end any write, in any order, each at most once.
package struct Modifiers: Hashable, Sendable {
  /// How many subaccounts it must change.
  package struct Expectation: Hashable, Sendable {
    package enum Amount: Hashable, Sendable {
      case exactly(Int)
      case between(Int, Int)
      case atMost(Int)
    }

    package let amount: Amount
    package let place: Place

    package init(_ amount: Amount, at place: Place) {
      self.amount = amount
      self.place = place
    }
  }

  package let expectation: Expectation?
  package let reason: Placed<Text>?
  package let includesProtected: Bool

  package static let none = Modifiers(expectation: nil, reason: nil, includesProtected: false)

  package init(expectation: Expectation?, reason: Placed<Text>?, includesProtected: Bool) {
    self.expectation = expectation
    self.reason = reason
    self.includesProtected = includesProtected
  }
}

/// `create subaccount "A" [, "B"…] [like REF | with PERMS | with nothing] [set ATTR = VALUE, …]`.
package struct CreateSubaccounts: Hashable, Sendable {
  package enum Start: Hashable, Sendable {
    /// From the most recently created subaccount that still exists.
    case inherited
    case like(Reference)
    case with(PermissionList)
    case withNothing
  }

  /// One or more.
  package let names: [Placed<Text>]
  package let start: Start
  package let assignments: [Assignment]

  package init(names: [Placed<Text>], start: Start, assignments: [Assignment]) {
    self.names = names
    self.start = start
    self.assignments = assignments
  }
}

/// `ATTR = VALUE`.
package struct Assignment: Hashable, Sendable {
  package let attribute: AttributeName
  package let value: Value

  package init(attribute: AttributeName, value: Value) {
    self.attribute = attribute
    self.value = value
  }
}

package enum UndoTarget: Hashable, Sendable {
  /// `undo`: the newest change, 1; `undo last N`.
  case last(Placed<Int>)
  /// `undo change N`
  case change(Placed<Int>)
}

/// `import "file" [as csv | json | jsonl] [matching id | matching name]`.
package struct ImportFile: Hashable, Sendable {
  package enum Key: String, Hashable, Sendable, CaseIterable {
    case id
    case name
  }

  package let file: Placed<Text>
  package let format: FileFormat?
  package let matching: Key?

  package init(file: Placed<Text>, format: FileFormat?, matching: Key?) {
    self.file = file
    self.format = format
    self.matching = matching
  }
}

/// `create permission area.name label "Zapier" [api "field"] [ui only] [always]`.
package struct CreatePermission: Hashable, Sendable {
  package let area: Text
  package let field: Text
  /// The place of `area.name`.
  package let place: Place
  package let label: Placed<Text>
  package let apiField: Placed<Text>?
  package let isUIOnly: Bool
  package let isAlwaysEnabled: Bool

  package init(
    area: Text, field: Text, place: Place, label: Placed<Text>, apiField: Placed<Text>?,
    isUIOnly: Bool, isAlwaysEnabled: Bool
  ) {
    self.area = area
    self.field = field
    self.place = place
    self.label = label
    self.apiField = apiField
    self.isUIOnly = isUIOnly
    self.isAlwaysEnabled = isAlwaysEnabled
  }
}
