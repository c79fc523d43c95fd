import CrashHarness
import Diagnostics
import Testing

@testable import Storage

@Suite("Snapshot files")
struct SnapshotFileTests {
  private let disk = SimulatedDisk()
  private let folder: SnapshotFolder
  private let position = JournalPosition(
    change: 7, time: 42, chain: Array(0..<32), segment: SegmentName(firstChange: 3, attempt: 1),
    end: 2048, lastRecord: 1024)
  private let store = Array(UInt8(100)..<116)

  init() throws {
    try disk.makeDirectory("s", in: nil)
    let directory = try StoreDirectory("s", on: disk)
    folder = SnapshotFolder(directory: try #require(directory))
  }

  private func take(at change: Int = 7) throws -> Int? {
    var position = position
    position.change = change
    let few: [UInt32] = [1, 2, 3]
    let many = Array(repeating: UInt64(change), count: 20_000)
    let none: [UInt8] = []
    let one: [UInt8] = [9]
    return try folder.take(store: store, at: position) { writer in
      writer.write(SectionName(.journal, 5), few.span)
      writer.write(SectionName(.agency), many.span)
      writer.write(SectionName(.journal, 2), none.span)
      writer.write(SectionName(.origin), one.span)
      return true
    }
  }

  private func open(_ change: Int = 7) throws -> SnapshotFile? {
    let name = SnapshotName(change: change)
    guard case .whole(let file) = try SnapshotFile.open(name, in: folder.directory) else {
      return nil
    }
    return file
  }

  @Test("sections are read as they were written, by name")
  func roundTrip() throws {
    let size = try #require(try take())
    let file = try #require(try open())
    #expect(file.size == size && disk.files(in: "s")["snap-7"]?.count == size)
    #expect(file.header.position == position && file.header.store == store)
    #expect(try file.values(SectionName(.journal, 5), as: UInt32.self).array == [1, 2, 3])
    #expect(try file.values(SectionName(.journal, 2), as: UInt64.self).count == 0)
    #expect(try file.values(SectionName(.journal, 4), as: UInt8.self).count == 0)
    #expect(try file.values(SectionName(.origin), as: UInt8.self).array == [9])
    let numbers = try file.values(SectionName(.agency), as: UInt64.self)
    #expect(numbers.count == 20_000 && numbers[19_999] == 7 && numbers[0] == 7)
    #expect(throws: Damage.self) { try file.values(SectionName(.origin), as: UInt16.self) }
    #expect(!file.isDamaged)
  }

  @Test("the newest two are kept, and one of the same change is not written again")
  func kept() throws {
    for change in [3, 5, 9] { #expect(try take(at: change) != nil) }
    #expect(try folder.names().map(\.change) == [9, 5])
    #expect(try take(at: 9) == nil)
    disk.put(Array(repeating: 1, count: 700), in: "s", "snap-9")
    #expect(try take(at: 9) != nil)
    #expect(disk.files(in: "s").keys.sorted() == ["snap-5", "snap-9"])
    #expect(disk.files(in: "s/quarantine").count == 1)
    #expect(try open(9) != nil)
  }

  @Test("whatever bit is wrong, the file is not opened, or says so when it is read")
  func damage() throws {
    _ = try take()
    let bytes = try #require(disk.files(in: "s")["snap-7"])
    let header = 512 * 8
    for bit in Array(0..<header) + Array(stride(from: header, to: bytes.count * 8, by: 9_973)) {
      var damaged = bytes
      damaged[bit / 8] ^= 1 << UInt8(bit % 8)
      disk.put(damaged, in: "s", "snap-7")
      guard let file = try open() else { continue }
      file.file.touchAll()
      #expect(file.isDamaged, "bit \(bit)")
    }
    for length in [0, 1, 511, 512, 513, 70_000, bytes.count - 1] {
      disk.put(Array(bytes[..<length]), in: "s", "snap-7")
      #expect(try open() == nil, "\(length)")
    }
    disk.put(bytes + [0], in: "s", "snap-7")
    #expect(try open() == nil)
  }

  @Test("a snapshot of a later format is left alone")
  func laterFormat() throws {
    _ = try take()
    var bytes = try #require(disk.files(in: "s")["snap-7"])
    bytes[8] = 2
    disk.put(bytes, in: "s", "snap-7")
    #expect(try take() == nil)
    #expect(disk.files(in: "s")["snap-7"] == bytes)
  }

  @Test("whatever call fails, there is a whole snapshot or none, and nothing else")
  func failures() throws {
    _ = try take(at: 2)
    var hasSucceeded = false
    var call = 1
    while !hasSucceeded {
      disk.failures = [disk.calls + call: .noSpace]
      let isTaken = (try? take(at: 3)) != nil
      hasSucceeded = isTaken && disk.failures.count == 1
      let names = disk.files(in: "s").keys.sorted()
      #expect(names == ["snap-2"] || names == ["snap-2", "snap-3"], "call \(call)")
      if names.contains("snap-3") {
        let file = try #require(try open(3))
        file.file.touchAll()
        #expect(!file.isDamaged)
        disk.failures = [:]
        try disk.remove("s/snap-3", in: nil, isDirectory: false)
      }
      call += 1
    }
    #expect(call > 5)
  }

  @Test("names are those of changes alone")
  func names() {
    for name in ["snap-", "snap-0", "snap--1", "snap-01", "snap-1.1", "new-snap-1", "log-1"] {
      #expect(SnapshotName(Text(name)) == nil, "\(name)")
    }
    #expect(SnapshotName("snap-120")?.change == 120)
  }
}
