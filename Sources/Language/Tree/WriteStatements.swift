package import Diagnostics

/// A statement that changes the store, and its modifiers.
package struct WriteStatement: Hashable, Sendable {
  /// Rare and large cases are kept apart, so that a script of a million grants stays small.
  package enum Action: Hashable, Sendable {
    case grant(PermissionList, to: Selection)
    case revoke(PermissionList, from: Selection)
    /// Exactly these, the rest off.
    case grantOnly(PermissionList, to: Selection)
    indirect case copy(PermissionList, from: Reference, to: Selection)
    indirect case restore(PermissionList, of: Selection, asOf: PlacedTime)
    indirect case create(CreateSubaccounts)
    indirect case rename(Reference, to: Placed<Text>)
    case delete(Selection)
    case set([Assignment], for: Selection)
    case unset([AttributeName], for: Selection)
    case protect(Selection)
    case unprotect(Selection)
    case undo(UndoTarget)
    indirect case importFile(ImportFile)
    indirect case definePermissions(name: Placed<Text>, PermissionList)
    indirect case defineSubaccounts(name: Placed<Text>, Selection)
    indirect case definePolicy(name: Placed<Text>, Selection)
    /// `drop $starter`, without its `$`.
    case dropDefinition(Placed<Text>)
    case dropPolicy(Placed<Text>)
    indirect case createPermission(CreatePermission)
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

  /// Apart from the statement, because nearly none has any.
  private indirect enum Content: Hashable, Sendable {
    case given(Expectation?, reason: Placed<Text>?, includesProtected: Bool)
  }

  private let content: Content?

  package static let none = Modifiers(expectation: nil, reason: nil, includesProtected: false)

  package init(expectation: Expectation?, reason: Placed<Text>?, includesProtected: Bool) {
    content =
      expectation == nil && reason == nil && !includesProtected
      ? nil : .given(expectation, reason: reason, includesProtected: includesProtected)
  }

  package var expectation: Expectation? {
    guard case .given(let expectation, _, _) = content else { return nil }
    return expectation
  }

  package var reason: Placed<Text>? {
    guard case .given(_, let reason, _) = content else { return nil }
    return reason
  }

  package var includesProtected: Bool {
    guard case .given(_, _, let includesProtected) = content else { return false }
    return includesProtected
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
