import Diagnostics
import Storage

/// How a cell was written, as far as that says what it is.
enum CellForm {
  /// As it is: whatever it looks like.
  case bare
  /// Text for certain, whatever it looks like.
  case text
  /// A number of a JSON file.
  case number
  /// A text of a JSON file: a time or `unlimited` where it looks like one, else text.
  case string
}

/// One attribute's values, from a file's first row to its last.
///
/// Where the store knows the attribute, every value is read as its type as it comes. Where not, the
/// values are kept as text, and all of them together say in the end what the type is.
struct AttributeCollector {
  let name: Text
  /// Nil: all values will say.
  private let known: AttributeType?
  private var values: ValueCollector
  /// One value is text for certain.
  private var hasText = false
  /// One value is a number that a JSON file spells as it likes.
  private var hasNumbers = false

  init(name: Text, known: AttributeType?) {
    self.name = name
    self.known = known
    values = ValueCollector(type: known ?? .text)
  }

  var isNew: Bool { known == nil }

  /// Whether a row has a value already.
  func hasValue(_ row: Int) -> Bool { row < values.count }

  /// Takes a row's cell; rows that were passed over stay unset.
  mutating func set(_ cell: Span<UInt8>, form: CellForm, row: Int) throws(InterchangeProblem) {
    if values.count < row { values.appendUnset(row - values.count) }
    switch known {
    case nil: setUntyped(cell, form)
    case .text:
      if cell.isEmpty && form == .bare {
        values.appendUnset()
      } else {
        values.appendText(bytes: cell)
      }
    case .number: try setNumber(cell, .number)
    case .quota: try setNumber(cell, .quota)
    case .boolean: try setBoolean(cell)
    case .time: try setTime(cell)
    }
  }

  private mutating func setUntyped(_ cell: Span<UInt8>, _ form: CellForm) {
    switch form {
    case .bare:
      if cell.isEmpty {
        values.appendUnset()
        return
      }
    case .text: hasText = true
    case .number: hasNumbers = true
    case .string:
      if !cell.isWord("unlimited") && TypeGuess.time(cell) == nil { hasText = true }
    }
    values.appendText(bytes: cell)
  }

  private mutating func setNumber(
    _ cell: Span<UInt8>, _ wanted: WantedValue
  ) throws(InterchangeProblem) {
    let word = cell.extracting(cell.withinSpaces)
    if word.isEmpty {
      values.appendUnset()
      return
    }
    switch NumberText.read(word, isLenient: true) {
    case .number(let number): values.append(number: number)
    case .outOfRange: throw .unfit(Excerpt.of(word), wanted: .numberInRange)
    case .notANumber:
      guard wanted == .quota, word.isWord("unlimited") else {
        throw .unfit(Excerpt.of(cell), wanted: wanted)
      }
      values.append(number: .infinity)
    }
  }

  private mutating func setBoolean(_ cell: Span<UInt8>) throws(InterchangeProblem) {
    switch FlagText.read(cell) {
    case .on: values.append(boolean: true)
    case .off: values.append(boolean: false)
    case .empty: values.appendUnset()
    case .other: throw .unfit(Excerpt.of(cell), wanted: .boolean)
    }
  }

  private mutating func setTime(_ cell: Span<UInt8>) throws(InterchangeProblem) {
    let word = cell.extracting(cell.withinSpaces)
    if word.isEmpty {
      values.appendUnset()
      return
    }
    guard let time = Moment.parse(word) else { throw .unfit(Excerpt.of(cell), wanted: .time) }
    values.append(time: time.moment.milliseconds)
  }

  /// Makes room for as many times the rows that there are.
  mutating func reserve(_ factor: Double) { values.reserve(factor) }

  /// The column with its type, or nil where it has no values; nothing can be added afterwards.
  mutating func finish(rowCount: Int) -> ValueColumn? {
    guard known == nil else { return values.finish(rowCount: rowCount) }
    guard values.setCount > 0 else { return nil }
    var guess = TypeGuess(acceptsAnyNumber: hasNumbers)
    if !hasText { values.forEachText(while: { guess.isOpen }) { guess.consider($0) } }
    let type = hasText ? .text : guess.type
    guard type != .text else { return values.finish(rowCount: rowCount) }
    var typed = ValueCollector(type: type)
    values.forEachRow { row, text in
      typed.appendUnset(row - typed.count)
      switch guess.value(of: text, as: type) {
      case .number(let number): typed.append(number: number)
      case .boolean(let flag): typed.append(boolean: flag)
      case .time(let time): typed.append(time: time)
      case .text, nil: break
      }
    }
    return typed.finish(rowCount: rowCount)
  }
}

// MARK: - What a helper has collected

extension AttributeCollector {
  /// The same attribute without values.
  var emptied: AttributeCollector { AttributeCollector(name: name, known: known) }

  func write(to output: inout HelperOutput) {
    output.write([hasText, hasNumbers])
    values.write(to: &output)
  }

  /// Appends a helper's rows, from a row on.
  mutating func append(from input: inout HelperInput, at row: Int) throws(HelperLost) {
    var marks: [Bool] = []
    try input.read(into: &marks, filler: false)
    guard marks.count == 2 else { throw HelperLost() }
    hasText = hasText || marks[0]
    hasNumbers = hasNumbers || marks[1]
    try values.append(from: &input, at: row)
  }
}
