import CrashHarness
import Testing

@testable import Storage

/// A bitmap of a file of which some words have changed is as one that is not of a file.
@Suite("Bitmaps of files")
struct BitmapTests {
  /// The same rows in memory and as a file has them, and whether the file is damaged.
  private struct Pair {
    var plain: Bitmap
    var mapped: Bitmap
    let file: MappedFile

    init(rows: Int, random: inout Seeded) throws {
      let words = (0..<(rows + 63) / 64).map { place in
        let left = rows - place * 64
        let word = random.next()
        return left < 64 ? word & (1 << UInt64(left) - 1) : word
      }
      plain = Bitmap(words: words)
      var memory = MemorySections()
      memory.write(SectionName(.live), words.span)
      let sections = MappedSections(memory)
      file = sections.file
      mapped = Bitmap(
        try sections.values(SectionName(.live), as: UInt64.self), count: plain.count, limit: rows)
    }

    mutating func change(_ body: (inout Bitmap) -> Void) {
      body(&plain)
      body(&mapped)
    }
  }

  private func agree(_ pair: Pair, _ place: Int) -> Bool {
    let (plain, mapped) = (pair.plain, pair.mapped)
    let range = UInt32(max(0, place - 100))..<UInt32(place + 150)
    let isCountRight = plain.count == mapped.count && plain.last == mapped.last
    let areBitsRight =
      plain.contains(place) == mapped.contains(place)
      && plain.first(from: place) == mapped.first(from: place)
      && plain.firstClear(from: place) == mapped.firstClear(from: place)
    let isRangeRight = [false, true].allSatisfy { isOn in
      RowSet(range).selected(by: plain, whereOn: isOn)
        == RowSet(range).selected(by: mapped, whereOn: isOn)
    }
    return isCountRight && areBitsRight && isRangeRight
  }

  @Test(
    "a few words that change beside a file's are as if all were copied", arguments: 0..<12)
  func patched(seed: UInt64) throws {
    var random = Seeded(seed)
    let rows = [20_000, 20_032, 100, 4_095][Int(seed % 4)]
    var pair = try Pair(rows: rows, random: &random)
    var copies: [(Bitmap, [UInt64])] = []
    for step in 0..<200 {
      let place = Int.random(in: 0..<rows + 200, using: &random)
      let length = Int.random(in: 0..<150, using: &random)
      let list = (0..<5).map { UInt32(place + $0 * 70) }
      switch Int.random(in: 0..<12, using: &random) {
      case 0: pair.change { $0.insert(place) }
      case 1: pair.change { $0.remove(place) }
      case 2: pair.change { $0.flip(place) }
      case 3: pair.change { $0.flip(list) }
      case 4: pair.change { $0.subtract(list) }
      case 5: pair.change { $0.formUnion(list) }
      case 6: pair.change { $0.flip(place..<place + length) }
      case 7: pair.change { $0.formUnion(place..<place + length) }
      case 8: pair.change { $0.subtract(place..<place + length) }
      case 9: pair.change { $0.truncate(to: max(place, rows - 10)) }
      case 10 where step % 3 == 0: copies.append((pair.mapped, pair.plain.words.array))
      default:
        // Who asks for all rows lays the changed words over the file's.
        if step % 20 == 0 {
          #expect(RowSet(form: .bitmap(pair.mapped)) == RowSet(form: .bitmap(pair.plain)))
        }
      }
      #expect(agree(pair, place), "step \(step)")
    }
    #expect(pair.mapped.counted.words.array == pair.plain.words.array)
    for (copy, words) in copies { #expect(copy.counted.words.array == words) }
    #expect(!pair.file.isDamaged)
  }

  @Test("a file that counts its bits wrongly is found out, though some have changed")
  func wrongCount() throws {
    var memory = MemorySections()
    memory.write(SectionName(.live), [UInt64](repeating: 5, count: 300).span)
    let sections = MappedSections(memory)
    let words = try sections.values(SectionName(.live), as: UInt64.self)
    var bitmap = Bitmap(words, count: 599, limit: 300 * 64)
    bitmap.flip(7)
    bitmap.insert(64)
    #expect(!sections.file.isDamaged)
    #expect(bitmap.counted.count == 0 && sections.file.isDamaged)
  }
}
