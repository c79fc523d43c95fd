package import Diagnostics

/// CSV as RFC 4180 has it, byte by byte.
///
/// Lines end in LF, as psql, DuckDB and every tool of a Unix pipeline write them: with the CRLF of
/// the RFC's own grammar the last column of `cut`, `awk` and `while read` would end in a CR. The
/// reader takes either.
package enum CSVWriter {
  /// What ends a line.
  package static let newline: UInt8 = 0x0A
  /// What parts fields.
  package static let comma: UInt8 = 0x2C

  /// Appends one field, quoted only where it must be.
  package static func append(_ field: Text, to bytes: inout [UInt8]) {
    let start = bytes.count
    bytes.append(contentsOf: field.utf8)
    quoteIfNeeded(from: start, in: &bytes)
  }

  /// Appends one field, quoted only where it must be.
  package static func append(_ field: Span<UInt8>, to bytes: inout [UInt8]) {
    let start = bytes.count
    for index in field.indices { bytes.append(field[index]) }
    quoteIfNeeded(from: start, in: &bytes)
  }

  /// Makes one quoted field of the bytes from `start` to the end, where they can't stand bare.
  ///
  /// A formatter writes a value at the end of its buffer and then calls this: no value is copied
  /// into a string of its own first.
  package static func quoteIfNeeded(from start: Int, in bytes: inout [UInt8]) {
    for index in start..<bytes.count where needsQuotes(bytes[index]) {
      quote(from: start, in: &bytes)
      return
    }
  }

  /// Makes one quoted field of the bytes from `start` to the end, whatever they are.
  package static func quote(from start: Int, in bytes: inout [UInt8]) {
    var quotes = 0
    for index in start..<bytes.count where bytes[index] == 0x22 { quotes += 1 }
    let end = bytes.count
    bytes.append(contentsOf: repeatElement(0x22, count: quotes + 2))
    var target = bytes.count - 2
    // From the end, so that each byte moves once.
    for index in stride(from: end - 1, through: start, by: -1) {
      bytes[target] = bytes[index]
      target -= 1
      if bytes[index] == 0x22 {
        bytes[target] = 0x22
        target -= 1
      }
    }
    bytes[start] = 0x22
  }

  private static func needsQuotes(_ byte: UInt8) -> Bool {
    byte == 0x2C || byte == 0x22 || byte == 0x0A || byte == 0x0D
  }
}
