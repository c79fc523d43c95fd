import CrashHarness
import Diagnostics
import Testing

@testable import Storage

@Suite("Texts that are numbers")
struct TextTemplateTests {
  private typealias Piece = TextTemplate.Piece

  @Test(
    "what texts have in common is found, where they differ in numbers alone",
    arguments: [
      (["1726005822670x239735712159542050", "1726005822671x39735712159542050"], 2),
      (["office0@example.com", "office18@example.com"], 1),
      (["sub_007", "sub_123"], 1), (["7", "0", "18446744"], 1), (["007", "1"], nil),
      (["1234567890123456789012", "0000000000000000000001"], 2),
      (["3f2504e0-4f89-11d3-9a0c-0305e82c3301", "00000000-0000-0000-0000-ffffffffffff"], 5),
      (["3F2504E0-4F89-11D3", "00000000-0000-0ABC"], 3), (["deadbeef", "DEADBEEF"], nil),
      (["Ünï 1", "Ünï 22"], 1), (["Acme Dental", "Acme Dental"], nil), (["", "1"], nil),
      (["a1", "a1b"], nil), (["a1", "b1"], nil), (["00", "0"], nil), (["9999999999999999999"], 1),
      (["1-2-3-4-5-6-7-8-9"], nil), ([String(repeating: "x", count: 128) + "1"], nil),
      ([String(repeating: "x", count: 127) + "1"], 1),
    ] as [([String], Int?)])
  func templates(texts: [String], fields: Int?) throws {
    var column = TextColumn()
    for text in texts { column.append(Text(text)) }
    #expect(TextTemplate.fitting(column)?.template.fieldCount == fields)
    let (read, sections) = try TextTemplateTests.written(column)
    #expect(read.map(\.string) == texts)
    #expect(sections.sections[SectionName(.textHeap, 5)] == nil || fields == nil)
  }

  @Test("random texts of a template are read back as they were", arguments: 0..<8 as Range<UInt64>)
  func laws(seed: UInt64) throws {
    var random = Seeded(seed)
    let kinds = (0..<Int.random(in: 1..<6, using: &random)).map { _ in
      Int.random(in: 0..<4, using: &random)
    }
    var column = TextColumn()
    for _ in 0..<1_500 {
      let parts = kinds.map { kind in
        let number = UInt64.random(in: 0...999_999, using: &random)
        return switch kind {
        case 0: String(number)
        case 1: String(String(1_000_000 + number).dropFirst())
        case 2: String(String(0x1000_0000 + number, radix: 16).dropFirst())
        default: String(number * number * 1_000_003)
        }
      }
      column.append(Text(parts.joined(separator: "é:")))
    }
    let (read, _) = try TextTemplateTests.written(column)
    #expect(read.count == column.count)
    for place in column.indices where read[place] != column[place] {
      Issue.record("\(read[place]) is not \(column[place])")
    }
    let wanted = try Glob("*77*")
    #expect(read.places(matching: wanted) == column.places(matching: wanted))
    let again = try TextTemplateTests.written(read).0
    #expect(again.elementsEqual(column))
  }

  @Test("numbers of any width and slope are read back as they were", arguments: 0...64)
  func packed(width: Int) throws {
    var random = Seeded(UInt64(width))
    for step in [0, 1, 977, 1 << 40, UInt64.max - 6] {
      for count in [0, 1, 2, 65, 700] {
        let greatest = width == 0 ? 0 : UInt64.max >> UInt64(64 - width)
        let first = UInt64.random(in: .min ... .max, using: &random)
        let values = (0..<UInt64(count)).map {
          first &+ step &* $0 &+ UInt64.random(in: 0...greatest, using: &random)
        }
        var header: [UInt8] = []
        var sections = MemorySections()
        PackedValues.write(values, to: &sections, as: SectionName(.created), header: &header)
        let mapped = MappedSections(sections)
        var input = ByteReader(header)
        let read = try PackedValues(
          from: mapped, as: SectionName(.created), header: &input, limit: count)
        #expect((0..<count).map { read[$0] } == values)
        var some: [UInt64] = []
        read.forEach(in: count / 3..<count) { some.append($0) }
        #expect(some == Array(values[(count / 3)...]))
        #expect(!mapped.file.isDamaged && input.isAtEnd)
      }
    }
  }

  private static func written(_ column: TextColumn) throws -> (TextColumn, MemorySections) {
    var header: [UInt8] = []
    var sections = MemorySections()
    column.write(to: &sections, as: 5, header: &header, order: column.order)
    var input = ByteReader(header)
    let read = try TextColumn(
      from: MappedSections(sections), as: 5, header: &input, limit: column.count)
    #expect(input.isAtEnd)
    return (read, sections)
  }
}
