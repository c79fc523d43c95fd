import Diagnostics

/// A path as its folder and the name in it.
struct FilePath {
  /// `.` where the path names none; without a slash at its end.
  let folder: Text
  let name: Text
  /// What the path has before the name, slash included.
  let prefix: Text

  init(_ path: Text) {
    let bytes = path.bytes
    let end = (bytes.lastIndex(of: 0x2F) ?? -1) + 1
    prefix = Text(validating: bytes[..<end]) ?? ""
    name = Text(validating: bytes[end...]) ?? ""
    folder =
      end == 0 ? "." : end == 1 ? "/" : Text(validating: bytes[..<(end - 1)]) ?? "."
  }

  /// The descriptor that a path such as `/dev/stdout` or `/dev/fd/3` stands for.
  ///
  /// Opening such a path opens the file behind it anew, at its beginning, and what others write to the
  /// descriptor would be overwritten.
  static func descriptor(of path: Text) -> Int32? {
    switch path {
    case "/dev/stdin": return 0
    case "/dev/stdout": return 1
    case "/dev/stderr": return 2
    default:
      for prefix in ["/dev/fd/", "/proc/self/fd/"] where path.string.hasPrefix(prefix) {
        let digits = path.string.dropFirst(prefix.count)
        return digits.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int32(digits) : nil
      }
      return nil
    }
  }

  /// The extension in lower case, without its dot.
  var suffix: String {
    guard let dot = name.string.lastIndex(of: ".") else { return "" }
    return name.string[name.string.index(after: dot)...].lowercased()
  }
}
