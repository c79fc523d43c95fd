import Foundation

/// A fresh directory that holds what `samples/` holds and, where wanted, a store of the sample agency.
struct Workplace {
  let directory: URL

  /// Runs a command here.
  func run(_ command: String, input: [UInt8] = [], seconds: Int = 60) throws -> Program.Result {
    try Program.run(command, in: directory, input: input, seconds: seconds)
  }

  /// Runs a script given as text on the store of the sample agency.
  func script(_ text: String, options: String = "", seconds: Int = 60) throws -> Program.Result {
    try run("permql -s agency.permdb \(options)", input: Array(text.utf8), seconds: seconds)
  }

  func write(_ bytes: some Sequence<UInt8>, to name: String) throws {
    try Data(bytes).write(to: directory.appendingPathComponent(name))
  }

  func write(_ text: String, to name: String) throws {
    try write(text.utf8, to: name)
  }

  func read(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: directory.appendingPathComponent(name)))
  }

  /// Gives the body a workplace of its own, and removes it afterwards.
  static func with<Value>(
    store: Bool = true, _ body: (Workplace) throws -> Value
  ) throws -> Value {
    let directory = FileManager.default.temporaryDirectory
      .appendingPathComponent("permql-samples-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: directory) }
    try FileManager.default.copyItem(
      at: Program.project.appendingPathComponent("samples"), to: directory)
    let place = Workplace(directory: directory)
    if store {
      try place.importAgency()
    }
    return try body(place)
  }

  private func importAgency() throws {
    let result = try run(#"permql -s agency.permdb --quiet -c 'import "agency.csv"'"#)
    guard result.status == 0 else {
      throw Failure(description: "the sample agency can't be imported: \(result.errorText)")
    }
  }

  struct Failure: Error, CustomStringConvertible {
    let description: String
  }
}
