import Diagnostics

/// Reads JSON as RFC 8259 has it, value by value, in bounded memory.
///
/// There is no tree: whoever reads asks for the next piece, and what a piece says lies in `text` until
/// the next is read. Texts and numbers have at most 1 MiB, values nest at most 200 deep.
struct JSONReader<Source: ByteSource> {
  static var textLimit: Int { 1 << 20 }
  static var depthLimit: Int { 200 }
  static var keyLimit: Int { 10_000 }

  private var window: ByteWindow<Source>
  /// The next byte, in the window.
  private var position = 0
  /// What the last text, decoded, or number said.
  private(set) var text: [UInt8] = []
  /// The last text's first character was escaped though it need not be.
  private(set) var isMarked = false
  private var location = Location()

  /// Counts lines and characters up to a place in the window.
  private struct Location {
    var counted = 0
    var line = 1
    var column = 0
    var isAfterCR = false

    mutating func advance(to end: Int, in window: [UInt8]) {
      let bytes = window.span
      while counted < end {
        let byte = bytes[counted]
        if byte == 0x0A || byte == 0x0D {
          if !(byte == 0x0A && isAfterCR) { line += 1 }
          isAfterCR = byte == 0x0D
          column = 0
        } else {
          isAfterCR = false
          if byte & 0xC0 != 0x80 { column += 1 }
        }
        counted += 1
      }
    }
  }

  init(_ source: Source) {
    window = ByteWindow(source)
  }

  /// Looks at the first bytes: skips a byte order mark, recognises what is not JSON.
  mutating func begin() throws(Misread) {
    do { try window.begin() } catch { throw Misread(.file(error)) }
    if let other = ForeignFormat(firstBytes: window.bytes.span) { throw Misread(.foreign(other)) }
    if window.bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      position = 3
      location.counted = 3
    }
  }

  /// The line of the next byte, from 1.
  mutating func line() -> Int {
    locate()
    return location.line
  }

  /// A problem at the next byte.
  mutating func misread(_ problem: InterchangeProblem, name: Text? = nil) -> Misread {
    locate()
    return Misread(problem, line: location.line, column: location.column, name: name)
  }

  private mutating func locate() {
    location.advance(to: position, in: window.bytes)
  }

  private mutating func refill() throws(Misread) {
    locate()
    location.counted -= position
    do { try window.refill(keepingFrom: position) } catch { throw Misread(.file(error)) }
    position = 0
  }

  /// Brings that many bytes into the window, where so many follow.
  private mutating func gather(_ count: Int) throws(Misread) {
    while window.bytes.count - position < count && !window.isLast { try refill() }
  }

  /// The next byte, or nil at the end.
  @inline(__always)
  mutating func peek() throws(Misread) -> UInt8? {
    if position == window.bytes.count {
      if window.isLast { return nil }
      try refill()
      if position == window.bytes.count { return nil }
    }
    return window.bytes[position]
  }

  /// The next byte that is not white space, or nil at the end.
  mutating func peekPastSpace() throws(Misread) -> UInt8? {
    while let byte = try peek() {
      switch byte {
      case 0x20, 0x0A, 0x0D, 0x09: position += 1
      case 0xEF where try isByteOrderMark(): throw misread(.json(.byteOrderMark))
      default: return byte
      }
    }
    return nil
  }

  private mutating func isByteOrderMark() throws(Misread) -> Bool {
    try gather(3)
    return window.bytes[position...].starts(with: [0xEF, 0xBB, 0xBF])
  }

  /// Uses up the byte that was looked at.
  @inline(__always)
  mutating func advance() {
    position += 1
  }

  /// Takes a byte where it is the next past white space.
  mutating func take(_ byte: UInt8) throws(Misread) -> Bool {
    guard try peekPastSpace() == byte else { return false }
    position += 1
    return true
  }

  /// Takes a byte that must be the next past white space.
  mutating func expect(_ byte: UInt8, _ wanted: String) throws(Misread) {
    guard try take(byte) else { throw try unexpected(wanted) }
  }

  /// The mistake that the next byte is.
  mutating func unexpected(_ wanted: String) throws(Misread) -> Misread {
    guard let byte = try peekPastSpace() else { return misread(.json(.unexpectedEnd)) }
    if byte == 0 { return misread(.nul(offset: window.discarded + position)) }
    try gather(4)
    let end = min(position + UTF8Text.length(ofLead: byte), window.bytes.count)
    let found = Array(window.bytes[position..<end])
    if UTF8Text.firstInvalidByte(in: found.span) != nil {
      return misread(.invalidUTF8(byte: byte, offset: window.discarded + position))
    }
    return misread(.json(.expected(wanted, found: Excerpt.of(found.span))))
  }
}

// MARK: - Texts

extension JSONReader {
  /// Reads a text, whose quote is the next byte, into `text`.
  mutating func readText() throws(Misread) {
    text.removeAll(keepingCapacity: true)
    isMarked = false
    let openedAt = line()
    position += 1
    var segment = (text: 0, offset: window.discarded + position)
    while true {
      takePlainBytes()
      if text.count > Self.textLimit { throw misread(.json(.textTooLong)) }
      guard let byte = try peek() else {
        throw misread(.json(.unclosedText(openedAtLine: openedAt)))
      }
      switch byte {
      case 0x22:
        try validate(from: segment.text, offset: segment.offset)
        position += 1
        return
      case 0x5C:
        try validate(from: segment.text, offset: segment.offset)
        let isFirst = text.isEmpty
        try readEscape(isFirst: isFirst)
        segment = (text.count, window.discarded + position)
      case 0..<0x20:
        throw misread(
          byte == 0
            ? .nul(offset: window.discarded + position) : .json(.rawControlCharacter(byte)))
      default:
        break
      }
    }
  }

  /// Takes what stands for itself, as far as the window goes.
  private mutating func takePlainBytes() {
    let window = self.window.bytes
    let bytes = window.span
    var index = position
    while index < bytes.count {
      let byte = bytes[index]
      if byte < 0x20 || byte == 0x22 || byte == 0x5C { break }
      index += 1
    }
    text.append(contentsOf: window[position..<index])
    position = index
  }

  /// Checks what `text` got from the file's own bytes since the last escape.
  private mutating func validate(from start: Int, offset: Int) throws(Misread) {
    let text = self.text
    let segment = text.span.extracting(start..<text.count)
    guard let invalid = UTF8Text.firstInvalidByte(in: segment) else { return }
    throw misread(.invalidUTF8(byte: segment[invalid], offset: offset + invalid))
  }

  private mutating func readEscape(isFirst: Bool) throws(Misread) {
    position += 1
    guard let byte = try peek() else { throw misread(.json(.unexpectedEnd)) }
    switch byte {
    case 0x22, 0x5C, 0x2F: text.append(byte)
    case 0x62: text.append(0x08)
    case 0x66: text.append(0x0C)
    case 0x6E: text.append(0x0A)
    case 0x72: text.append(0x0D)
    case 0x74: text.append(0x09)
    case 0x75:
      position += 1
      try readUnicodeEscape(isFirst: isFirst)
      return
    default:
      throw misread(.json(.badEscape(Text("\\\(Excerpt.of([byte].span))"))))
    }
    position += 1
  }

  /// Reads what follows `\u`, and the second half of a surrogate pair.
  private mutating func readUnicodeEscape(isFirst: Bool) throws(Misread) {
    let unit = try readUnit()
    switch unit {
    case 0xDC00..<0xE000:
      throw misread(.json(.loneSurrogate(Self.escape(unit))))
    case 0xD800..<0xDC00:
      guard try peek() == 0x5C else { throw misread(.json(.loneSurrogate(Self.escape(unit)))) }
      position += 1
      guard try peek() == 0x75 else { throw misread(.json(.loneSurrogate(Self.escape(unit)))) }
      position += 1
      let low = try readUnit()
      guard (0xDC00..<0xE000).contains(low) else {
        throw misread(.json(.loneSurrogate(Self.escape(unit))))
      }
      UTF8Text.append(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00), to: &text)
    default:
      isMarked = isMarked || isFirst && (0x21..<0x7F).contains(unit) && unit != 0x22 && unit != 0x5C
      UTF8Text.append(unit, to: &text)
    }
  }

  /// Four hexadecimal digits.
  private mutating func readUnit() throws(Misread) -> UInt32 {
    var unit: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = try peek() else { throw misread(.json(.unexpectedEnd)) }
      let digit: UInt8
      switch byte {
      case 0x30...0x39: digit = byte - 0x30
      case 0x41...0x46: digit = byte - 0x41 + 10
      case 0x61...0x66: digit = byte - 0x61 + 10
      default:
        throw misread(.json(.badEscape(Text("\\u…\(Excerpt.of([byte].span))"))))
      }
      unit = unit << 4 | UInt32(digit)
      position += 1
    }
    return unit
  }

  private static func escape(_ unit: UInt32) -> Text {
    Text("\\u\(Excerpt.hexadecimal(unit, digits: 4))")
  }
}

// MARK: - Other values

extension JSONReader {
  /// Reads a number, whose first byte is the next, into `text`.
  mutating func readNumber() throws(Misread) {
    text.removeAll(keepingCapacity: true)
    let start = misread(.json(.unexpectedEnd))
    scanning: while let byte = try peek() {
      switch byte {
      case 0x30...0x39, 0x2B, 0x2D, 0x2E, 0x45, 0x65: text.append(byte)
      default: break scanning
      }
      position += 1
      if text.count > Self.textLimit { throw misread(.json(.textTooLong)) }
    }
    let mistake: JSONMistake
    switch NumberText.read(text.span) {
    case .number: return
    case .outOfRange: mistake = .numberOutOfRange(Excerpt.of(text.span))
    case .notANumber: mistake = .badNumber(Excerpt.of(text.span))
    }
    throw Misread(.json(mistake), line: start.line, column: start.column)
  }

  /// Takes `true`, `false` or `null`, whose first byte is the next, into `text`.
  mutating func takeWord(_ word: String) throws(Misread) {
    let end = position + word.utf8.count
    text.removeAll(keepingCapacity: true)
    text.append(contentsOf: word.utf8)
    if end < window.bytes.count, !Self.isLetter(window.bytes[end]), isNext(word) {
      position = end
    } else {
      try takeLetters(of: word)
    }
  }

  private func isNext(_ word: String) -> Bool {
    var index = position
    for byte in word.utf8 {
      if window.bytes[index] != byte { return false }
      index += 1
    }
    return true
  }

  /// Takes a word that may reach beyond the window, or is another.
  private mutating func takeLetters(of word: String) throws(Misread) {
    let start = misread(.json(.unexpectedEnd))
    text.removeAll(keepingCapacity: true)
    while let byte = try peek(), Self.isLetter(byte), text.count < 16 {
      text.append(byte)
      position += 1
    }
    guard text.elementsEqual(word.utf8) else {
      throw Misread(
        .json(.expected("a value", found: Excerpt.of(text.span))), line: start.line,
        column: start.column)
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte | 0x20)
  }

  /// Takes a value of any kind and checks it whole.
  mutating func skipValue(depth: Int) throws(Misread) {
    guard let byte = try peekPastSpace() else { throw misread(.json(.unexpectedEnd)) }
    switch byte {
    case 0x22: try readText()
    case 0x2D, 0x30...0x39: try readNumber()
    case 0x74: try takeWord("true")
    case 0x66: try takeWord("false")
    case 0x6E: try takeWord("null")
    case 0x7B: try skipObject(depth: depth + 1)
    case 0x5B: try skipArray(depth: depth + 1)
    default: throw try unexpected("a value")
    }
  }

  private mutating func skipArray(depth: Int) throws(Misread) {
    guard depth <= Self.depthLimit else { throw misread(.json(.tooDeep)) }
    position += 1
    if try take(0x5D) { return }
    repeat { try skipValue(depth: depth) } while try take(0x2C)
    try expect(0x5D, "',' or ']'")
  }

  private mutating func skipObject(depth: Int) throws(Misread) {
    guard depth <= Self.depthLimit else { throw misread(.json(.tooDeep)) }
    position += 1
    if try take(0x7D) { return }
    var keys: Set<[UInt8]> = []
    repeat {
      try readKey()
      guard keys.insert(text).inserted else {
        throw misread(.duplicateKey(Text(validating: text) ?? ""))
      }
      if keys.count > Self.keyLimit { throw misread(.json(.tooManyKeys)) }
      try skipValue(depth: depth)
    } while try take(0x2C)
    try expect(0x7D, "',' or '}'")
  }

  /// Reads a key and its colon.
  mutating func readKey() throws(Misread) {
    guard try peekPastSpace() == 0x22 else { throw try unexpected("a key") }
    try readText()
    try expect(0x3A, "':'")
  }
}
