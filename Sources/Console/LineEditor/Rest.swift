/// How long nobody has to type before something is worked out that a key would have to wait for.
///
/// A key ends it, but not in the middle of a step. The longer a step took last time, the longer the
/// rest: people who go on typing are not held up by what they do not wait for.
struct Rest {
  private static let shortest = 60
  private static let longest = 3000
  /// The rest is so many times the cost.
  private static let patience = 12

  /// Where a step takes longer, in nanoseconds, there are no more until the next line: somebody would
  /// notice.
  private static let dearest: Int64 = 8_000_000

  private(set) var milliseconds = Rest.shortest
  private(set) var isTooDear = false

  init() {}

  /// Takes what its longest step cost, in nanoseconds.
  mutating func follow(cost: Int64) {
    isTooDear = cost > Rest.dearest
    let wanted = Int(cost / 1_000_000) * Rest.patience
    // One slow answer is forgotten by and by.
    milliseconds = min(Rest.longest, max(Rest.shortest, wanted, milliseconds / 2))
  }

  /// Another line may be a cheaper one.
  mutating func beginLine() { isTooDear = false }
}
