/// What a file is that is not text in UTF-8, known by its first bytes.
package enum ForeignFormat: Equatable, Sendable {
  case utf16
  case utf32
  case gzip
  case zip
  case bzip2
  case xz
  case zstandard
  case oldWorkbook
  case parquet
  case sqlite
  case pdf

  package init?(firstBytes bytes: Span<UInt8>) {
    let known: [(ForeignFormat, [UInt8])] = [
      (.utf32, [0xFF, 0xFE, 0x00, 0x00]), (.utf32, [0x00, 0x00, 0xFE, 0xFF]),
      (.utf16, [0xFF, 0xFE]), (.utf16, [0xFE, 0xFF]),
      (.gzip, [0x1F, 0x8B]), (.zip, [0x50, 0x4B, 0x03, 0x04]),
      (.bzip2, [0x42, 0x5A, 0x68]), (.xz, [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]),
      (.zstandard, [0x28, 0xB5, 0x2F, 0xFD]),
      (.oldWorkbook, [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]),
      (.parquet, [0x50, 0x41, 0x52, 0x31]), (.pdf, [0x25, 0x50, 0x44, 0x46, 0x2D]),
      (.sqlite, Array("SQLite format 3\0".utf8)),
    ]
    if let match = known.first(where: { ForeignFormat.begins(bytes, with: $0.1) }) {
      self = match.0
    } else if bytes.count >= 4, (bytes[0] == 0) != (bytes[1] == 0),
      (bytes[0] == 0) == (bytes[2] == 0),
      (bytes[1] == 0) == (bytes[3] == 0)
    {
      // Text in UTF-16 without a mark: every other byte is zero.
      self = .utf16
    } else {
      return nil
    }
  }

  private static func begins(_ bytes: Span<UInt8>, with prefix: [UInt8]) -> Bool {
    guard bytes.count >= prefix.count else { return false }
    for (index, byte) in prefix.enumerated() where bytes[index] != byte { return false }
    return true
  }

  /// What to call it.
  package var name: String {
    switch self {
    case .utf16: "text in UTF-16"
    case .utf32: "text in UTF-32"
    case .gzip: "a gzip archive"
    case .zip: "a zip archive or a workbook"
    case .bzip2: "a bzip2 archive"
    case .xz: "an xz archive"
    case .zstandard: "a zstd archive"
    case .oldWorkbook: "a workbook"
    case .parquet: "a Parquet file"
    case .sqlite: "an SQLite database"
    case .pdf: "a PDF document"
    }
  }

  /// What to do about it.
  package var help: String {
    switch self {
    case .utf16: "turn it into UTF-8 first: iconv -f UTF-16 -t UTF-8"
    case .utf32: "turn it into UTF-8 first: iconv -f UTF-32 -t UTF-8"
    case .gzip: "unpack it first: gunzip -k"
    case .zip: "unpack it first, or save the workbook as CSV in UTF-8"
    case .bzip2: "unpack it first: bunzip2 -k"
    case .xz: "unpack it first: unxz -k"
    case .zstandard: "unpack it first: unzstd"
    case .oldWorkbook: "save the workbook as CSV in UTF-8"
    case .parquet, .sqlite: "write its rows as CSV or JSON lines first"
    case .pdf: "import takes CSV, JSON or JSON lines"
    }
  }
}
