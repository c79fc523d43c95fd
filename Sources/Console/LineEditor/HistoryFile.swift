package import Diagnostics
@unsafe @preconcurrency import Glibc
import Interchange

/// The statements of all sessions, in a file that belongs to the user alone.
///
/// Many shells append to it at once, each whole entry under a lock; none ever loses another's. A
/// symbolic link, or a file that others could have written, is left alone.
package final class HistoryFile {
  /// A file that has grown over this is cut to its newer half.
  private static let longest = 4 << 20

  private let path: String
  /// How much of the file has been read, and which file that was.
  private var known: (file: UInt64, offset: Int) = (0, 0)
  /// Entries of others that were met while adding one's own.
  private var met: [Text] = []
  private var problem: String?

  /// - Returns: nil where the environment names no place for it.
  package init?(stateFolder: Text?, home: Text?) {
    let folder: String
    if let stateFolder, stateFolder.utf8.first == UInt8(ascii: "/") {
      folder = stateFolder.string
    } else if let home, home.utf8.first == UInt8(ascii: "/") {
      folder = home.string + "/.local/state"
    } else {
      return nil
    }
    path = folder + "/permql/history"
  }

  /// Why the file is not used, once.
  package func takeProblem() -> String? {
    defer { problem = nil }
    return problem
  }

  /// The entries that were added since the last call, oldest first.
  package func takeNew() -> [Text] {
    defer { met = [] }
    guard let file = opened(creating: false) else { return met }
    defer { close(file.descriptor) }
    return met + unread(of: file)
  }

  private func unread(of file: Opened) -> [Text] {
    let start = file.number == known.file && known.offset <= file.length ? known.offset : 0
    // Of a file that is new to us, the newest part is enough.
    let from = max(start, file.length - HistoryFile.longest)
    let bytes = read(file.descriptor, from: from, length: file.length - from)
    known = (file.number, from + bytes.count)
    return HistoryFile.entries(bytes)
  }

  /// Adds one entry, which `takeNew` does not give back.
  package func append(_ text: Text) {
    makeFolders()
    guard let file = locked() else { return }
    defer { close(file.descriptor) }
    met += unread(of: file)
    let line = HistoryFile.encoded(text)
    try? SystemCall.write(line[...], to: file.descriptor)
    known = (file.number, file.length + line.count)
    if file.length > HistoryFile.longest { shorten(file) }
  }
}

// MARK: - Entries

extension HistoryFile {
  /// One line: line ends are `\n`, backslashes are doubled.
  package static func encoded(_ text: Text) -> [UInt8] {
    var line: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\\"): line += [byte, byte]
      case UInt8(ascii: "\n"): line += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
      default: line.append(byte)
      }
    }
    return line + [UInt8(ascii: "\n")]
  }

  /// The entries of whole lines; what is no text is left out.
  package static func entries(_ bytes: [UInt8]) -> [Text] {
    guard let end = bytes.lastIndex(of: UInt8(ascii: "\n")) else { return [] }
    return bytes[..<end].split(separator: UInt8(ascii: "\n")).compactMap { line in
      var decoded: [UInt8] = []
      var isEscaped = false
      for byte in line {
        if isEscaped {
          decoded.append(byte == UInt8(ascii: "n") ? UInt8(ascii: "\n") : byte)
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else {
          decoded.append(byte)
        }
      }
      return decoded.contains(0) ? nil : Text(validating: decoded)
    }
  }
}

// MARK: - The file

extension HistoryFile {
  private struct Opened {
    let descriptor: Int32
    let number: UInt64
    let length: Int
  }

  private func opened(creating: Bool) -> Opened? {
    let flags = O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK
    let descriptor =
      unsafe creating
      ? open(path, flags | O_RDWR | O_APPEND | O_CREAT, 0o600) : open(path, flags | O_RDONLY)
    guard descriptor >= 0 else {
      if errno == ELOOP { refuse("is a symbolic link") }
      return nil
    }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else {
      close(descriptor)
      return nil
    }
    let flaw =
      status.st_mode & S_IFMT != S_IFREG
      ? "is no file"
      : status.st_uid != getuid()
        ? "belongs to somebody else"
        : status.st_mode & 0o022 != 0 ? "can be written by others" : nil
    if let flaw {
      refuse(flaw)
      close(descriptor)
      return nil
    }
    return Opened(
      descriptor: descriptor, number: UInt64(status.st_ino), length: Int(status.st_size))
  }

  /// The file with its lock, still at its path: somebody may have shortened it meanwhile.
  private func locked() -> Opened? {
    for _ in 0..<10 {
      guard let file = opened(creating: true) else { return nil }
      while flock(file.descriptor, LOCK_EX) != 0 {
        guard errno == EINTR else {
          close(file.descriptor)
          return nil
        }
      }
      // Its length may have grown while we waited.
      if let now = opened(creating: false) {
        close(now.descriptor)
        if now.number == file.number {
          return Opened(
            descriptor: file.descriptor, number: file.number, length: now.length)
        }
      }
      close(file.descriptor)
    }
    return nil
  }

  /// Puts the newer half of the entries into a new file at the same path.
  private func shorten(_ file: Opened) {
    let half = read(file.descriptor, from: file.length / 2, length: file.length)
    guard let start = half.firstIndex(of: UInt8(ascii: "\n")) else { return }
    let other = path + ".new"
    let descriptor = unsafe open(
      other, O_CLOEXEC | O_NOFOLLOW | O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    var status = stat()
    guard (try? SystemCall.write(half[(start + 1)...], to: descriptor)) != nil,
      unsafe fstat(descriptor, &status) == 0, unsafe rename(other, path) == 0
    else {
      unsafe unlink(other)
      return
    }
    known = (UInt64(status.st_ino), Int(status.st_size))
  }

  private func read(_ descriptor: Int32, from offset: Int, length: Int) -> [UInt8] {
    guard length > 0, lseek(descriptor, offset, SEEK_SET) == offset else { return [] }
    var bytes: [UInt8] = []
    while bytes.count < length {
      switch SystemCall.read(from: descriptor, atMost: 1 << 16, into: &bytes) {
      case .some, .interrupted: continue
      case .end, .failed: return bytes
      }
    }
    return bytes
  }

  /// The folders on the way, for the user alone.
  private func makeFolders() {
    var place = ""
    for part in path.split(separator: "/").dropLast() {
      place += "/" + part
      if !SystemCall.exists(Text(place)) { _ = unsafe mkdir(place, 0o700) }
    }
  }

  private func refuse(_ flaw: String) {
    problem = "no history is kept: its file \(flaw): '\(TerminalEscape.escape(path))'"
  }
}
