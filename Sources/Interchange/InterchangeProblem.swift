package import Diagnostics
package import Language

/// A system call that failed on a file.
package struct FileFailure: Error, Equatable, Sendable {
  package enum Action: String, Sendable {
    case open
    case read
    case write
    case rename
  }

  package let action: Action
  /// The C library's error number.
  package let number: Int32

  package init(_ action: Action, number: Int32) {
    self.action = action
    self.number = number
  }
}

/// What is wrong with a file, or worth a note.
package enum InterchangeProblem: Error, Equatable, Sendable {
  // The file as such.
  case file(FileFailure)
  case missing(nearest: Text?)
  case missingFolder(Text)
  case directory
  case nulInPath
  case notWritable
  case notForSpreadsheets(FileFormat)
  case foreign(ForeignFormat)
  case empty
  case scriptTooLong(megabytes: Int)
  case scriptLineTooLong

  // Its bytes.
  case invalidUTF8(byte: UInt8, offset: Int)
  case nul(offset: Int)

  // CSV.
  case quoteAfterBlanks
  case unclosedQuote
  case quotedCellTooLong
  case textAfterQuote(closesAtLine: Int)
  case cellTooLong
  case tooManyColumns
  /// Nil found: more than expected.
  case cellCount(found: Int?, expected: Int)
  case semicolons

  // JSON.
  case json(JSONMistake)

  // Columns and keys.
  case unnamedColumn
  case duplicateColumn(Text)
  case duplicateKey(Text)
  case unknownPermission(Text, nearest: Text?)
  case ambiguousPermission(Text, candidates: [Text])
  case noKeyColumn
  case notSubaccounts

  // Values.
  case unfit(Text, wanted: WantedValue)
  case nested(Text)
  case nameTooLong

  // Notes and warnings.
  case newAttribute(Text, type: String)
  case emptyColumn(Text)
  case ignoredColumn(Text)
  case droppedSecrets([Text])
  case droppedFields([Text])
  case createdFromID(rows: Int)
  case formulas(Text, rows: Int)
  /// So many subaccounts have changes that no call of the API can make.
  case beyondTheAPI(Int)
}

/// What a cell should have held.
package enum WantedValue: Equatable, Sendable {
  case flag
  case number
  case numberInRange
  case quota
  case boolean
  case time
  case namesOfPermissions
}

/// What is wrong with a JSON text.
package enum JSONMistake: Equatable, Sendable {
  case expected(String, found: Text)
  case unexpectedEnd
  case unclosedText(openedAtLine: Int)
  case textTooLong
  case rawControlCharacter(UInt8)
  case badEscape(Text)
  /// As an escape; a raw one is a control character.
  case nul
  case loneSurrogate(Text)
  case badNumber(Text)
  case numberOutOfRange(Text)
  case tooDeep
  case tooManyKeys
  case trailing(Text)
  case byteOrderMark
}

/// A problem of a file's content, and where in the file it is.
package struct Misread: Error, Equatable, Sendable {
  package let problem: InterchangeProblem
  /// From 1; nil where the whole file is meant.
  package let line: Int?
  /// A cell's column from 0, or a JSON text's character from 0.
  package let column: Int?
  /// Of the column or key.
  package let name: Text?

  package init(
    _ problem: InterchangeProblem, line: Int? = nil, column: Int? = nil, name: Text? = nil
  ) {
    self.problem = problem
    self.line = line
    self.column = column
    self.name = name
  }

  /// The same with the column's name.
  func naming(_ name: Text?) -> Misread {
    Misread(problem, line: line, column: column, name: self.name ?? name)
  }
}
