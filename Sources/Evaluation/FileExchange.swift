package import Diagnostics
package import Language
package import Permissions
package import Storage

/// Files of subaccounts as other programs write and read them.
///
/// Evaluation says what it wants of a file; the Interchange room, which is above it, knows the formats.
package protocol FileExchange: Sendable {
  /// Reads a whole file, bounded in memory, or says what is wrong with it and where.
  func read(_ request: ImportRequest) throws(Diagnostic) -> ImportedSubaccounts
  /// Writes a file beside its target and syncs it; nothing is at the target until `PendingFile.publish`.
  func write(_ request: ExportRequest) throws(Diagnostic) -> any PendingFile
  /// Writes a page about the agency, as `write` does.
  func write(_ report: AgencyReport, to path: Text) throws(Diagnostic) -> any PendingFile
  /// Writes the calls that bring the platform from one moment to another, as `write` does.
  func write(
    _ changes: PlatformChanges, to path: Text
  ) throws(Diagnostic) -> (file: any PendingFile, calls: CallCounts)
  /// The text of a script for `run`.
  func script(at path: Text) throws(Diagnostic) -> SourceText
}

package struct ImportRequest: Sendable {
  package let path: Text
  /// Nil: known by the file's first bytes and its name.
  package let format: FileFormat?
  package let catalog: Catalog
  /// What the store already has: a column of that name keeps its type.
  package let attributes: [AttributeDefinition]

  package init(
    path: Text, format: FileFormat?, catalog: Catalog, attributes: [AttributeDefinition]
  ) {
    self.path = path
    self.format = format
    self.catalog = catalog
    self.attributes = attributes
  }
}

/// A file's subaccounts, column by column, as the file says and not yet matched with the store.
package struct ImportedSubaccounts: Sendable {
  package struct AttributeColumn: Sendable {
    package let definition: AttributeDefinition
    /// One for each row; unset where the file leaves it as it is.
    package let values: ValueColumn

    package init(definition: AttributeDefinition, values: ValueColumn) {
      self.definition = definition
      self.values = values
    }
  }

  package struct PermissionColumn: Sendable {
    package let permission: PermissionNumber
    /// File rows, from 0, that say on.
    package let on: RowSet
    /// Those that say off; a row in neither says nothing.
    package let off: RowSet

    package init(permission: PermissionNumber, on: RowSet, off: RowSet) {
      self.permission = permission
      self.on = on
      self.off = off
    }
  }

  package let rowCount: Int
  /// Nil where the file has no such column; empty where a row has none.
  package let ids: TextColumn?
  package let names: TextColumn?
  /// Milliseconds since 1970; unset where the file does not say.
  package let created: ValueColumn?
  package let attributes: [AttributeColumn]
  package let permissions: [PermissionColumn]
  /// File rows that say protected, and those that say not protected; nil where the file has no such column.
  package let protection: (on: RowSet, off: RowSet)?
  /// Where each row begins in the file, for messages: its line, from 1.
  package let lines: [UInt32]
  /// Unknown columns that become attributes, secrets that were dropped, doubtful values.
  package let notes: [Diagnostic]

  package init(
    rowCount: Int, ids: TextColumn?, names: TextColumn?, created: ValueColumn?,
    attributes: [AttributeColumn], permissions: [PermissionColumn],
    protection: (on: RowSet, off: RowSet)? = nil, lines: [UInt32], notes: [Diagnostic]
  ) {
    self.protection = protection
    self.rowCount = rowCount
    self.ids = ids
    self.names = names
    self.created = created
    self.attributes = attributes
    self.permissions = permissions
    self.lines = lines
    self.notes = notes
  }
}

package struct ExportRequest: Sendable {
  package let path: Text
  /// Nil: by the file's name, else csv.
  package let format: FileFormat?
  package let isSpreadsheetSafe: Bool
  /// In the order to be written.
  package let rows: [Row]
  package let table: Table

  package init(
    path: Text, format: FileFormat?, isSpreadsheetSafe: Bool, rows: [Row], table: Table
  ) {
    self.path = path
    self.format = format
    self.isSpreadsheetSafe = isSpreadsheetSafe
    self.rows = rows
    self.table = table
  }
}

/// What became of a file that was to be put into its place.
package enum Publication: Sendable {
  case complete
  /// Whoever read the pipe has seen enough: no failure, but not all of it was written.
  case readerLeft
}

extension PendingFile {
  package var isStandardOutput: Bool { false }
}

/// A written file that is not yet in its place.
package protocol PendingFile: Sendable {
  /// Warnings about what was written, such as names that a spreadsheet would take for formulas.
  var notes: [Diagnostic] { get }
  /// It goes where results go, so that nothing else may be said there.
  var isStandardOutput: Bool { get }
  /// Renames it into place, or writes it to its pipe or device: when the transaction has committed.
  func publish() throws(Diagnostic) -> Publication
  /// Removes it: when the transaction is rolled back.
  func discard()
}
