import Diagnostics

/// What was pressed.
enum Key: Equatable {
  case scalar(Unicode.Scalar)
  case action(EditAction)
}

/// Bytes of the terminal to keys.
///
/// Bytes are taken one at a time, so that what was typed ahead of a statement stays with the
/// terminal for whoever reads next; only a paste is taken in large pieces.
struct KeyReader {
  /// So long after an escape its other bytes may come.
  private static let escapeMilliseconds = 50
  /// The longest text that can be pasted, in bytes.
  static let longestPaste = 1 << 20

  private var bytes: [UInt8] = []
  /// Keys that were read and are not yet given out.
  private var keys: [Key] = []

  init() {}

  /// Whether a key can be had without waiting for a person.
  var pending: EditLine.Wait {
    keys.isEmpty && bytes.isEmpty ? EditLine.wait(milliseconds: 0) : .input
  }

  /// Whether nothing that belongs to the last key is left.
  var isEmpty: Bool { keys.isEmpty && bytes.isEmpty }

  /// A key, once input is there; nil where it was no key, or where the terminal is gone.
  mutating func next() -> Key? {
    if !keys.isEmpty { return keys.removeFirst() }
    guard let first = nextByte(milliseconds: nil) else { return nil }
    if first == 0x1B { return escape() }
    guard let scalar = scalar(from: first) else { return nil }
    // Nobody may press the keys that stand for actions.
    return (0x80...0x9F).contains(scalar.value) ? nil : .scalar(scalar)
  }

  /// The terminal is gone: nothing will ever come.
  private(set) var isAtEnd = false

  private mutating func nextByte(milliseconds: Int?) -> UInt8? {
    if bytes.isEmpty {
      if let milliseconds, EditLine.wait(milliseconds: milliseconds) != .input { return nil }
      switch SystemCall.read(from: 0, atMost: 1, into: &bytes) {
      case .some: break
      case .interrupted: return nil
      case .end, .failed:
        isAtEnd = true
        return nil
      }
    }
    return bytes.removeFirst()
  }

  private mutating func scalar(from first: UInt8) -> Unicode.Scalar? {
    var encoded = [first]
    let length = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1
    while encoded.count < length {
      guard let byte = nextByte(milliseconds: KeyReader.escapeMilliseconds) else { break }
      encoded.append(byte)
    }
    return ScalarDecoder.scalar(in: encoded, at: 0)?.scalar
  }

  /// What follows an escape: a key of the table, or bytes that libedit may know.
  private mutating func escape() -> Key? {
    var read = ""
    while true {
      let candidates = KeyTable.sequences.filter { $0.keys.hasPrefix(read) }
      if let exact = candidates.first(where: { $0.keys == read }) { return .action(exact.action) }
      guard !candidates.isEmpty,
        let byte = nextByte(milliseconds: KeyReader.escapeMilliseconds)
      else { break }
      guard let scalar = scalar(from: byte) else { continue }
      read.unicodeScalars.append(scalar)
    }
    keys = read.unicodeScalars.map { .scalar($0) }
    return .scalar("\u{1B}")
  }

  /// The text of a paste, up to the mark that ends it; nil where it is interrupted or too long.
  mutating func paste(isInterrupted: () -> Bool) -> Paste {
    let mark = Array("\u{1B}[201~".utf8)
    var text = bytes
    bytes = []
    var searched = 0
    while true {
      if let end = text[searched...].place(of: mark) {
        bytes = Array(text[end.upperBound...])
        text.removeSubrange(end.lowerBound...)
        return text.count > KeyReader.longestPaste ? .tooLong : .text(KeyReader.cleaned(text))
      }
      searched = max(0, text.count - mark.count)
      // What is too long is read to its end all the same, and forgotten.
      if text.count > KeyReader.longestPaste + (1 << 16) {
        text.removeFirst(1 << 15)
        searched = max(0, searched - (1 << 15))
      }
      if isInterrupted() { return .interrupted }
      guard EditLine.wait(milliseconds: nil) == .input else { continue }
      switch SystemCall.read(from: 0, atMost: 1 << 15, into: &text) {
      case .some, .interrupted: continue
      case .end, .failed:
        isAtEnd = true
        return .interrupted
      }
    }
  }

  enum Paste: Equatable {
    case text(String)
    case tooLong
    case interrupted
  }

  /// Line ends as the editor has them, no NUL, and no line end last, where it means nothing.
  private static func cleaned(_ bytes: [UInt8]) -> String {
    var text = ""
    let decoded = String(decoding: bytes, as: UTF8.self)
    var previous: Unicode.Scalar?
    for scalar in decoded.unicodeScalars {
      switch scalar {
      case "\0": break
      case "\r": text.unicodeScalars.append("\n")
      case "\n" where previous == "\r": break
      default: text.unicodeScalars.append(scalar)
      }
      previous = scalar
    }
    while text.unicodeScalars.last == "\n" { text.unicodeScalars.removeLast() }
    return text
  }
}

extension ArraySlice<UInt8> {
  /// Where a run of bytes first is.
  fileprivate func place(of wanted: [UInt8]) -> Range<Int>? {
    guard let first = wanted.first, count >= wanted.count else { return nil }
    var place = startIndex
    while place + wanted.count <= endIndex {
      guard let found = self[place...].firstIndex(of: first),
        found + wanted.count <= endIndex
      else { return nil }
      if self[found..<found + wanted.count].elementsEqual(wanted) {
        return found..<found + wanted.count
      }
      place = found + 1
    }
    return nil
  }
}
