import Permissions

extension Table {
  /// The same, with the permissions and attributes that a later state has besides.
  ///
  /// Nobody has them yet. Statements are written with the names of today; they are to be understood
  /// of an earlier moment too.
  package func knowingNames(of later: Table) -> Table {
    guard catalog.count < later.catalog.count || attributes.count < later.attributes.count else {
      return self
    }
    var effects = Effects()
    effects.addedPermissions = Array(later.catalog.permissions.dropFirst(catalog.count))
    effects.addedAttributes = Array(later.attributes.dropFirst(attributes.count))
    var table = self
    table.apply(effects)
    return table
  }
}

extension Table {
  /// An attribute's values of some rows, in order.
  package func values(of attribute: AttributeNumber, at rows: RowSet) -> ValueColumn {
    columns[attribute.value].values(at: rows)
  }
}
