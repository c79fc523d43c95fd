import CrashHarness
import Diagnostics
import Foundation
import Permissions
import Storage

/// A store whose files were changed at a few places, with checksums that are right or not: it is read,
/// verified, written to and recovered, or refused, without a trap.
///
/// The first byte says whether checksums are made right again. Then each change is five bytes: which
/// file, where in it (three bytes), and the new byte; a place behind the file's end cuts it there.
/// libFuzzer calls this; `sh Tests/Fuzz/run.sh` builds and runs it.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let input = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  guard let first = input.first else { return 0 }
  var files = Golden.files
  let names = files.keys.sorted()
  for place in stride(from: 1, to: input.count - 4, by: 5) {
    let name = names[Int(input[place]) % names.count]
    var bytes = files[name] ?? []
    let offset = Int(input[place + 1]) | Int(input[place + 2]) << 8 | Int(input[place + 3]) << 16
    let wrapped = offset % (bytes.count + bytes.count / 16 + 1)
    if wrapped < bytes.count {
      bytes[wrapped] = input[place + 4]
    } else {
      bytes.removeLast(min(bytes.count, wrapped - bytes.count))
    }
    files[name] = bytes
  }
  if first & 1 != 0 {
    for (name, bytes) in files where name.hasPrefix("log") {
      files[name] = PayloadChecksums.made(right: bytes, alsoOfHeaders: true)
    }
    for (name, bytes) in files where name.hasPrefix("snap") {
      files[name] = SnapshotChecksums.made(right: bytes)
    }
  }
  use(files)
  return 0
}

/// Does everything with a store that can be done.
private func use(_ files: [String: [UInt8]]) {
  let disk = SimulatedDisk(holding: files, in: "fuzzed")
  if let store = try? Store.open("fuzzed", access: .readOnly, on: disk) {
    AllQuestions.ask(store)
    if store.isSnapshotDamaged, (try? store.rebuild(to: store.savepoint)) != nil {
      AllQuestions.ask(store)
    }
    for notice in store.takeNotices() { checkHarmless(notice.message) }
  }
  _ = try? Store.verify("fuzzed", on: disk)
  write(disk)
  _ = try? Store.recover("fuzzed", context, on: disk)
  write(disk)
}

private func write(_ disk: SimulatedDisk) {
  guard let store = try? Store.open("fuzzed", lockTimeout: 0, on: disk),
    (try? store.begin(context)) != nil
  else { return }
  var effects = Effects()
  effects.flips = store.table.catalog.all.prefix(1).compactMap { permission in
    let live = store.table.live
    return live.isEmpty ? nil : PermissionFlips(permission: permission, rows: live)
  }
  store.append(effects, statement: "grant", line: 1)
  try? store.commit()
  _ = try? store.takeSnapshot(context)
}

private let context = CommitContext(actor: "ada", user: "tester", host: "here", time: 0)

private func checkHarmless(_ message: String) {
  precondition(!message.isEmpty && !message.utf8.contains(0))
}

/// The store of this format that is kept for ever.
private enum Golden {
  static let files: [String: [UInt8]] = {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appending(path: "../../StorageTests/Golden/format-1").standardized
    var files: [String: [UInt8]] = [:]
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [] {
      files[name] = (try? Data(contentsOf: folder.appending(path: name))).map { Array($0) }
    }
    precondition(files.count > 2, "the golden store is not in \(folder.path)")
    return files
  }()
}
