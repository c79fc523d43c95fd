import Diagnostics
import Interchange

/// Reads a script's bytes, and stops early where it can be none.
enum ScriptReader {
  private static let longestLine = 1 << 20
  private static let longestScript = 256 << 20
  private static let piece = 1 << 16

  /// - Throws: where the script can't be read, or a line or the whole is too long.
  static func read(
    _ source: some ByteSource, name: Text
  ) throws(FailedReading) -> SourceText {
    var source = source
    var bytes: [UInt8] = []
    var lineStart = 0
    while true {
      let before = bytes.count
      let count: Int
      do {
        count = try source.read(into: &bytes, limit: piece)
      } catch {
        throw .failure(error)
      }
      if count == 0 { return SourceText(name: name, bytes: bytes) }
      if let end = bytes[before...].lastIndex(where: isLineEnd) { lineStart = end + 1 }
      if bytes.count - lineStart > longestLine { throw .lineTooLong }
      if bytes.count > longestScript { throw .tooLong }
    }
  }

  private static func isLineEnd(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
  }

  enum FailedReading: Error {
    case failure(FileFailure)
    case lineTooLong
    case tooLong
  }
}
