import Console
import Testing

@Suite("fitting columns")
struct ColumnFitTests {
  static func text(_ width: Int) -> ColumnFit.Column {
    ColumnFit.Column(width: width, headingWidth: 4, canShrink: true)
  }

  static func number(_ width: Int) -> ColumnFit.Column {
    ColumnFit.Column(width: width, headingWidth: width, canShrink: false)
  }

  @Test("without an end, and with room enough, nothing is cut")
  func roomy() {
    let columns = [Self.text(40), Self.number(5), Self.text(90)]
    #expect(ColumnFit(columns, room: nil).widths == [40, 5, 90])
    #expect(ColumnFit(columns, room: 139).widths == [40, 5, 90])
  }

  @Test("the widest text gives first, and the first column last")
  func shrinking() {
    let columns = [Self.text(40), Self.number(5), Self.text(90)]
    #expect(ColumnFit(columns, room: 99).widths == [40, 5, 50])
    #expect(ColumnFit(columns, room: 60).widths == [35, 5, 16])
  }

  @Test("what can be done without goes before anything is cut")
  func expendable() {
    let columns = [Self.text(32), Self.text(20), Self.number(5)]
    #expect(ColumnFit(columns, room: 40, expendable: [0]).shown == [1, 2])
    #expect(ColumnFit(columns, room: 61, expendable: [0]).shown == [0, 1, 2])
  }

  @Test("numbers stay whole: columns of the middle are left out for them")
  func leavingOut() {
    let columns = [Self.text(30), Self.number(9), Self.number(9), Self.number(9)]
    let fit = ColumnFit(columns, room: 40)
    #expect(fit.shown == [0, 1, 3])
    #expect(fit.widths == [18, 9, 9])
  }

  @Test("of the middle the widest goes first, so that most stay")
  func widestFirst() {
    let columns = [Self.text(10), Self.number(5), Self.number(20), Self.number(6), Self.number(3)]
    #expect(ColumnFit(columns, room: 32).shown == [0, 1, 3, 4])
  }

  @Test(
    "on the narrowest screens text gives what it has, then the last column goes, then the first is cut",
    arguments: [
      (24, [0, 1], [16, 6]), (20, [0, 1], [12, 6]), (14, [0, 1], [6, 6]), (13, [0], [13]),
      (3, [0], [3]),
    ])
  func narrowest(room: Int, shown: [Int], widths: [Int]) {
    let fit = ColumnFit([Self.text(30), Self.text(7)], room: room)
    #expect(fit.shown == shown)
    #expect(fit.widths == widths)
  }

  @Test("seeded columns never take more than there is", arguments: 0..<200)
  func law(seed: UInt64) {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let columns = (0..<2 + next(10)).map { _ in
      next(2) == 0 ? Self.text(1 + next(60)) : Self.number(1 + next(12))
    }
    let room = 40 + next(100)
    let fit = ColumnFit(columns, room: room)
    let total = fit.widths.reduce(0, +) + ColumnFit.gap * (fit.widths.count - 1)
    #expect(total <= room)
    #expect(fit.shown.first == 0 && fit.shown.last == columns.count - 1)
    #expect(fit.shown == fit.shown.sorted())
  }
}
