import Diagnostics

/// What texts have in common that differ only in numbers, such as ids: `1726005822670x239735712159542050`,
/// `office4711@example.com`, `3f2504e0-4f89-11d3-9a0c-0305e82c3301`.
struct TextTemplate: Equatable, Sendable {
  enum Piece: Equatable, Sendable {
    case literal([UInt8])
    /// Without leading zeros.
    case number
    /// So many digits.
    case digits(Int)
    /// So many digits to the base of 16, their letters small or capital ones.
    case hexadecimal(Int, isCapital: Bool)
  }

  /// So long is the longest text that a template makes.
  static let longest = 128

  let pieces: [Piece]

  /// Nil where the texts would be too long, or have too many numbers or none.
  init?(_ pieces: [Piece]) {
    self.pieces = pieces
    let length = pieces.reduce(0) { $0 + TextTemplate.longest(of: $1) }
    guard length <= TextTemplate.longest, 1...8 ~= fieldCount else { return nil }
  }

  /// How many numbers each text has.
  var fieldCount: Int {
    pieces.count { if case .literal = $0 { false } else { true } }
  }

  private static func longest(of piece: Piece) -> Int {
    switch piece {
    case .literal(let bytes): bytes.count
    case .number: 20
    case .digits(let width), .hexadecimal(let width, _): width
    }
  }
}

// MARK: - Texts from numbers, and numbers from texts

extension TextTemplate {
  typealias Buffer = InlineArray<128, UInt8>

  /// Writes the text that has some numbers.
  ///
  /// - Returns: its length.
  @inline(__always)
  func write(to buffer: inout Buffer, number: (Int) -> UInt64) -> Int {
    var length = 0
    var field = 0
    for piece in pieces {
      switch piece {
      case .literal(let bytes):
        for index in bytes.indices { buffer[length + index] = bytes[index] }
        length += bytes.count
        continue
      case .number:
        let value = number(field)
        let width = TextTemplate.digitCount(of: value)
        TextTemplate.write(value, at: length, width, to: &buffer)
        length += width
      case .digits(let width):
        TextTemplate.write(number(field), at: length, width, to: &buffer)
        length += width
      case .hexadecimal(let width, let isCapital):
        var rest = number(field)
        for place in stride(from: length + width - 1, through: length, by: -1) {
          let digit = UInt8(truncatingIfNeeded: rest & 15)
          buffer[place] = digit < 10 ? 0x30 + digit : (isCapital ? 0x37 : 0x57) + digit
          rest >>= 4
        }
        length += width
      }
      field += 1
    }
    return length
  }

  private static func digitCount(of value: UInt64) -> Int {
    var count = 1
    var bound: UInt64 = 10
    while value >= bound {
      count += 1
      let (next, isOver) = bound.multipliedReportingOverflow(by: 10)
      if isOver { return count }
      bound = next
    }
    return count
  }

  private static func write(_ value: UInt64, at start: Int, _ width: Int, to buffer: inout Buffer) {
    var rest = value
    for place in stride(from: start + width - 1, through: start, by: -1) {
      let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
      buffer[place] = 0x30 + UInt8(truncatingIfNeeded: digit)
      rest = quotient
    }
  }

  /// Appends the numbers of a text; false where the template would not make this very text of them.
  func read(_ bytes: Span<UInt8>, appendingTo numbers: inout [UInt64]) -> Bool {
    var place = 0
    for piece in pieces {
      switch piece {
      case .literal(let literal):
        guard bytes.starts(with: literal.span, at: place) else { return false }
        place += literal.count
      case .number:
        let start = place
        var value: UInt64 = 0
        while place < bytes.count, place - start < 19, bytes[place] &- 0x30 < 10 {
          value = value * 10 + UInt64(bytes[place] & 15)
          place += 1
        }
        guard place > start, bytes[start] != 0x30 || place == start + 1 else { return false }
        numbers.append(value)
      case .digits(let width):
        guard place + width <= bytes.count else { return false }
        var value: UInt64 = 0
        for index in place..<place + width {
          guard bytes[index] &- 0x30 < 10 else { return false }
          value = value * 10 + UInt64(bytes[index] & 15)
        }
        place += width
        numbers.append(value)
      case .hexadecimal(let width, let isCapital):
        guard place + width <= bytes.count else { return false }
        var value: UInt64 = 0
        for index in place..<place + width {
          guard let digit = TextTemplate.digit(bytes[index], isCapital) else { return false }
          value = value << 4 | UInt64(digit)
        }
        place += width
        numbers.append(value)
      }
    }
    return place == bytes.count
  }

  private static func digit(_ byte: UInt8, _ isCapital: Bool) -> UInt8? {
    if byte &- 0x30 < 10 { return byte - 0x30 }
    let first: UInt8 = isCapital ? 0x41 : 0x61
    return byte &- first < 6 ? byte - first + 10 : nil
  }
}

// MARK: - Finding a template

extension TextTemplate {
  /// What the digits of a text may be.
  private enum Reading: CaseIterable {
    case decimal
    case padded
    case hexadecimal
    case capitalHexadecimal
  }

  /// A template that makes all texts of a column, and their numbers, those of a text together.
  static func fitting(_ column: TextColumn) -> (template: TextTemplate, numbers: [UInt64])? {
    guard !column.isEmpty else { return nil }
    for reading in Reading.allCases {
      let found = column.withBytes(of: 0) { TextTemplate(pieces(of: $0, as: reading)) }
      guard let template = found else { continue }
      var numbers: [UInt64] = []
      // Most texts that fit no template show it soon.
      var fits = (0..<Swift.min(64, column.count)).allSatisfy { place in
        column.withBytes(of: place) { template.read($0, appendingTo: &numbers) }
      }
      guard fits else { continue }
      numbers.removeAll()
      numbers.reserveLarge(column.count * template.fieldCount)
      column.forEachText { _, bytes in
        fits = fits && template.read(bytes, appendingTo: &numbers)
      }
      if fits { return (template, numbers) }
    }
    return nil
  }

  private static func pieces(of bytes: Span<UInt8>, as reading: Reading) -> [Piece] {
    var pieces: [Piece] = []
    var literal: [UInt8] = []
    var start = 0
    while start < bytes.count {
      var end = start
      while end < bytes.count, isDigit(bytes[end], in: reading) { end += 1 }
      let fields = fields(of: end - start, startsWithZero: bytes[start] == 0x30, in: reading)
      if fields.isEmpty {
        end = Swift.max(end, start + 1)
        for index in start..<end { literal.append(bytes[index]) }
      } else {
        if !literal.isEmpty { pieces.append(.literal(literal)) }
        literal = []
        pieces += fields
      }
      start = end
    }
    return literal.isEmpty ? pieces : pieces + [.literal(literal)]
  }

  private static func isDigit(_ byte: UInt8, in reading: Reading) -> Bool {
    switch reading {
    case .decimal, .padded: byte &- 0x30 < 10
    case .hexadecimal: digit(byte, false) != nil
    case .capitalHexadecimal: digit(byte, true) != nil
    }
  }

  /// The numbers that a run of digits is; none where it is too short to tell it from a word.
  private static func fields(
    of length: Int, startsWithZero: Bool, in reading: Reading
  ) -> [Piece] {
    func parts(_ most: Int, _ piece: (Int) -> Piece) -> [Piece] {
      stride(from: 0, to: length, by: most).map { piece(Swift.min(most, length - $0)) }
    }
    return switch reading {
    case .decimal where length > 0 && length <= 19 && (!startsWithZero || length == 1): [.number]
    case .decimal, .padded: parts(18) { .digits($0) }
    case .hexadecimal, .capitalHexadecimal:
      length < 4
        ? [] : parts(16) { .hexadecimal($0, isCapital: reading == .capitalHexadecimal) }
    }
  }
}
