package import Diagnostics

/// The fields of the queries whose rows are not subaccounts, in the order of their output.
///
/// Scripts rely on these names: one table says them, to the resolver, to the queries and to the tests.
package enum QueryFields {
  package struct Field: Sendable {
    package let name: Text
    package let kind: ResultTable.Kind
  }

  package static let permissions = [
    Field(name: "permission", kind: .text),
    Field(name: "area", kind: .text),
    Field(name: "label", kind: .text),
    Field(name: "api_field", kind: .text),
    Field(name: "flags", kind: .list),
    Field(name: "have", kind: .integer),
    Field(name: "lack", kind: .integer),
  ]

  /// `set` counts the subaccounts that have a value, `values` the different ones.
  package static let attributes = [
    Field(name: "attribute", kind: .text),
    Field(name: "type", kind: .text),
    Field(name: "set", kind: .integer),
    Field(name: "values", kind: .integer),
  ]

  package static let definitions = [
    Field(name: "name", kind: .text),
    Field(name: "kind", kind: .text),
    Field(name: "text", kind: .text),
  ]

  package static let policies = [
    Field(name: "policy", kind: .text),
    Field(name: "subaccounts", kind: .text),
    Field(name: "because", kind: .text),
  ]

  package static let check = [
    Field(name: "policy", kind: .text),
    Field(name: "holds", kind: .boolean),
    Field(name: "violators", kind: .list),
    Field(name: "because", kind: .text),
  ]
}
