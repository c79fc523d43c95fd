import Diagnostics
import Language

/// Which reader a file needs.
enum FileLayout: Equatable {
  case csv
  case json(JSONLayout)

  /// Known by what the statement says, else by the first bytes, else by the name.
  init(_ format: FileFormat?, firstBytes: [UInt8], path: Text) {
    switch format {
    case .csv: self = .csv
    case .json: self = .json(.single)
    case .jsonl: self = .json(.lines)
    case nil:
      let isMarked = firstBytes.starts(with: [0xEF, 0xBB, 0xBF])
      let first = firstBytes.dropFirst(isMarked ? 3 : 0).first {
        ![0x20, 0x09, 0x0A, 0x0D].contains($0)
      }
      let isNamedJSON = ["json", "jsonl", "ndjson"].contains(FilePath(path).suffix)
      self = first == 0x7B || first == 0x5B || isNamedJSON ? .json(.unknown) : .csv
    }
  }

  /// What a file is to be written in: as the statement says, else as its name does, else csv.
  static func format(_ format: FileFormat?, path: Text) -> FileFormat {
    if let format { return format }
    switch FilePath(path).suffix {
    case "json": return .json
    case "jsonl", "ndjson": return .jsonl
    default: return .csv
    }
  }
}

/// A source whose first bytes were looked at already.
struct PrefixedSource<Source: ByteSource>: ByteSource {
  private var prefix: [UInt8]
  private var rest: Source

  var chunk: Int { rest.chunk }
  var size: Int? { rest.size }

  init(_ prefix: [UInt8], _ rest: Source) {
    self.prefix = prefix
    self.rest = rest
  }

  mutating func read(into bytes: inout [UInt8], limit: Int) throws(FileFailure) -> Int {
    guard !prefix.isEmpty else { return try rest.read(into: &bytes, limit: limit) }
    let count = min(limit, prefix.count)
    bytes.append(contentsOf: prefix[..<count])
    prefix.removeSubrange(..<count)
    return count
  }

  func beside(from offset: Int) -> PrefixedSource? {
    rest.beside(from: offset).map { PrefixedSource([], $0) }
  }

  mutating func expect(upTo end: Int) { rest.expect(upTo: end) }
}
