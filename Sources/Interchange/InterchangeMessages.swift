package import Diagnostics
import Language

/// A problem of a file, with the file and the place: what a person reads.
package struct FileProblem: Problem, Equatable {
  package let file: Text
  package let misread: Misread

  package init(file: Text, _ misread: Misread) {
    self.file = file
    self.misread = misread
  }

  package init(file: Text, _ problem: InterchangeProblem) {
    self.init(file: file, Misread(problem))
  }

  package var code: String { misread.problem.code }
  package var help: String? { misread.problem.help }
  package var status: ExitStatus { .failed }

  package var message: String {
    "'\(Excerpt.of(file))'\(place): \(misread.problem.words)"
  }

  /// Such as ` line 3, column 2 ('plan')`; empty where the whole file is meant.
  private var place: String {
    guard let line = misread.line else { return "" }
    let column = misread.column.map { ", column \($0 + 1)" } ?? ""
    let name = misread.name.map {
      misread.column == nil ? ", '\(Excerpt.of($0))'" : " ('\(Excerpt.of($0))')"
    }
    return " line \(line)\(column)\(name ?? "")"
  }
}

extension InterchangeProblem {
  /// Stable: scripts and people look them up.
  package var code: String {
    switch self {
    case .file, .nulInPath, .notWritable: "E0601"
    case .missing, .missingFolder, .directory: "E0602"
    case .foreign: "E0603"
    case .empty: "E0604"
    case .scriptTooLong, .scriptLineTooLong: "E0605"
    case .invalidUTF8: "E0606"
    case .nul: "E0607"
    case .quoteAfterBlanks, .textAfterQuote: "E0608"
    case .unclosedQuote, .quotedCellTooLong: "E0609"
    case .cellTooLong, .tooManyColumns: "E0610"
    case .cellCount: "E0611"
    case .semicolons: "E0612"
    case .json(let mistake): mistake.code
    case .unnamedColumn: "E0621"
    case .duplicateColumn, .duplicateKey: "E0622"
    case .unknownPermission: "E0623"
    case .ambiguousPermission: "E0624"
    case .noKeyColumn, .notSubaccounts: "E0625"
    case .notForSpreadsheets: "E0618"
    case .unfit: "E0631"
    case .nested: "E0632"
    case .nameTooLong: "E0633"
    case .newAttribute: "N0601"
    case .emptyColumn, .ignoredColumn: "N0602"
    case .droppedSecrets: "N0603"
    case .droppedFields: "N0604"
    case .createdFromID: "N0605"
    case .beyondTheAPI: "N0606"
    case .formulas: "W0601"
    }
  }

  /// What is wrong, without the place.
  var words: String {
    switch self {
    case .file(let failure): failure.words
    case .missing: "there is no such file"
    case .missingFolder(let folder): "there is no directory '\(Excerpt.of(folder))'"
    case .directory: "it is a directory, not a file"
    case .nulInPath: "a file's name can't have a NUL in it"
    case .notWritable: "the file that is there may not be written"
    case .foreign(let format): "it is \(format.name), not text in UTF-8"
    case .empty: "it is empty"
    case .scriptTooLong(let megabytes): "a script of \(megabytes) MiB is too long"
    case .scriptLineTooLong: "a line is longer than 1 MiB"
    case .invalidUTF8(let byte, let offset):
      "byte \\x\(Excerpt.hexadecimal(UInt32(byte), digits: 2)) at offset \(offset) is not valid UTF-8"
    case .nul(let offset): "there is a NUL at byte offset \(offset)"
    case .quoteAfterBlanks: "blanks stand before the quote that opens the cell"
    case .unclosedQuote: "the quote that opens here is never closed"
    case .quotedCellTooLong: "the quoted cell that opens here is longer than 1 MiB"
    case .textAfterQuote(let line):
      "the quoted cell that opens here ends on line \(line), and more text follows it"
    case .cellTooLong: "the cell is longer than 1 MiB"
    case .tooManyColumns: "the header has more than 10000 columns"
    case .cellCount(let found, let expected):
      "\(found.map { "\($0)" } ?? "more than \(expected)") cells, but the header has \(expected)"
    case .semicolons: "columns are parted by semicolons"
    case .json(let mistake): mistake.words
    case .notForSpreadsheets(let format):
      "'spreadsheet safe' is for csv, and this file is \(format.rawValue)"
    case .unnamedColumn, .duplicateColumn, .duplicateKey, .unknownPermission,
      .ambiguousPermission, .noKeyColumn, .notSubaccounts:
      columnWords
    case .unfit(let text, let wanted): "'\(Excerpt.of(text))' is not \(wanted.words)"
    case .nested: "an attribute can't hold an object or an array"
    case .nameTooLong: "longer than 1024 bytes"
    case .newAttribute, .emptyColumn, .ignoredColumn, .droppedSecrets, .droppedFields,
      .createdFromID, .formulas, .beyondTheAPI:
      noteWords
    }
  }

  private var columnWords: String {
    switch self {
    case .unnamedColumn: "the column has no name"
    case .duplicateColumn(let name): "column '\(Excerpt.of(name))' is there twice"
    case .duplicateKey(let name): "key '\(Excerpt.of(name))' is there twice"
    case .unknownPermission(let name, _): "unknown permission '\(Excerpt.of(name))'"
    case .ambiguousPermission(let name, let candidates):
      "permission '\(Excerpt.of(name))' may be \(InterchangeProblem.list(candidates, last: " or "))"
    case .noKeyColumn: "there is neither a column 'id' nor a column 'name'"
    case .notSubaccounts: "this is not a list of subaccounts"
    default: ""
    }
  }

  private var noteWords: String {
    switch self {
    case .newAttribute(let name, let type):
      "column '\(Excerpt.of(name))' becomes an attribute (\(type))"
    case .emptyColumn(let name): "column '\(Excerpt.of(name))' holds no values: ignored"
    case .ignoredColumn(let name): "column '\(Excerpt.of(name))' can't be set: ignored"
    case .droppedSecrets(let names):
      "secrets are not stored: dropped \(InterchangeProblem.list(names, last: " and "))"
    case .droppedFields(let names):
      "not kept by a store: dropped \(InterchangeProblem.list(names, last: " and "))"
    case .createdFromID(let rows):
      "the time of creation is read from the id's milliseconds for \(InterchangeProblem.count(rows, "subaccount"))"
    case .beyondTheAPI(let count):
      "what the API can't change of \(InterchangeProblem.count(count, "subaccount")) is to be changed in "
        + "the dashboard"
    case .formulas(let name, let rows):
      "a spreadsheet would take '\(Excerpt.of(name))' for a formula (\(InterchangeProblem.count(rows, "such cell")))"
    default: ""
    }
  }

  /// What to do about it.
  var help: String? {
    switch self {
    case .missing(let nearest): nearest.map { "did you mean '\(Excerpt.of($0))'?" }
    case .foreign(let format): format.help
    case .empty, .noKeyColumn: "the first line names the columns: id,name,created,plan,outbound"
    case .scriptTooLong: "a script may have 256 MiB"
    case .scriptLineTooLong: "is this a script?"
    case .quoteAfterBlanks:
      "take them away, or put the whole cell in quotes and write each quote inside it twice"
    case .textAfterQuote:
      "put the whole cell in quotes, and write each quote inside it twice"
    case .quotedCellTooLong: "is its quote ever closed?"
    case .semicolons: "save the file with commas between its columns"
    case .unknownPermission(let name, let nearest):
      nearest.map { "did you mean '\($0)'?" }
        ?? "if it is new, say first: create permission \(Excerpt.of(name)) label \"…\""
    case .ambiguousPermission: "write the whole name, with its area"
    case .notSubaccounts:
      "import takes objects such as {\"id\": \"…\", \"name\": \"…\", \"permissions\": {\"general.logs\": true}}"
    case .unfit(_, let wanted): wanted.help
    case .notForSpreadsheets: "leave it out, or write: as csv spreadsheet safe"
    case .beyondTheAPI: "the lines with a 'note' at the file's end are the checklist"
    case .formulas: "export … as csv spreadsheet safe puts an apostrophe before such cells"
    default: nil
    }
  }

  private static func list(_ names: [Text], last: String) -> String {
    let shown = names.map { "'\(Excerpt.of($0))'" }
    guard let end = shown.last, shown.count > 1 else { return shown.first ?? "" }
    return shown.dropLast().joined(separator: ", ") + last + end
  }

  private static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }
}

extension WantedValue {
  var words: String {
    switch self {
    case .flag: "true or false"
    case .number: "a number"
    case .numberInRange: "within the range of numbers"
    case .quota: "a number or 'unlimited'"
    case .boolean: "true or false"
    case .time: "a time"
    case .namesOfPermissions: "an object or an array of permissions"
    }
  }

  var help: String? {
    switch self {
    case .flag: "true, false, 1, 0, yes, no, on or off; an empty cell leaves it as it is"
    case .time: "such as 2026-11-01 or 2026-11-01T09:30:00Z"
    case .quota: "such as 500 or unlimited"
    case .number, .numberInRange, .boolean: nil
    case .namesOfPermissions: "such as {\"general.logs\": true} or [\"general.logs\"]"
    }
  }
}

extension JSONMistake {
  var code: String {
    switch self {
    case .expected, .unexpectedEnd, .trailing, .byteOrderMark: "E0613"
    case .unclosedText, .textTooLong: "E0614"
    case .rawControlCharacter, .badEscape, .loneSurrogate: "E0615"
    case .nul: "E0607"
    case .badNumber, .numberOutOfRange: "E0616"
    case .tooDeep, .tooManyKeys: "E0617"
    }
  }

  var words: String {
    switch self {
    case .expected(let wanted, let found): "expected \(wanted), found '\(Excerpt.of(found))'"
    case .unexpectedEnd: "the text ends in the middle of a value"
    case .unclosedText(let line): "the text that opens on line \(line) is never closed"
    case .textTooLong: "the text is longer than 1 MiB"
    case .rawControlCharacter(let byte):
      "control character U+\(Excerpt.hexadecimal(UInt32(byte), digits: 4)) must be escaped in a text"
    case .badEscape(let text): "'\(Excerpt.of(text))' is not an escape"
    case .nul: "a text can't have a NUL ('\\u0000') in it"
    case .loneSurrogate(let text): "'\(text)' is half of a surrogate pair"
    case .badNumber(let text): "'\(Excerpt.of(text))' is not a number"
    case .numberOutOfRange(let text): "'\(Excerpt.of(text))' is out of range"
    case .tooDeep: "nested more than 200 deep"
    case .tooManyKeys: "an object has more than 10000 keys"
    case .trailing(let found): "the value has ended, found '\(Excerpt.of(found))'"
    case .byteOrderMark: "a byte order mark stands in the middle of the text"
    }
  }
}

extension FileFailure {
  var words: String {
    "can't \(action.rawValue) it: \(SystemFile.describe(number))"
  }
}
