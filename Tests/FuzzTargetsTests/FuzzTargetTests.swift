import DataFormats
import Foundation
import FuzzTargets
import Testing

/// The targets of the fuzzer, without libFuzzer: what is known, and what a few seconds of chance bring.
struct FuzzTargetTests {
    /// By name, as tests name their arguments.
    static let names = FuzzTargets.all.map { $0.name }

    @Test("Seeds, and what was found earlier, are read or refused as they should be", arguments: names)
    func knownInputs(name: String) throws {
        let type = try #require(FuzzTargets.named(name))
        let target = try type.init()
        let isUpdate = ProcessInfo.processInfo.environment["UPDATE_SEEDS"] != nil
        if isUpdate { try FuzzFiles(of: type).write(try type.samples()) }
        let inputs = try FuzzFiles(of: type).inputs()
        #expect(!inputs.isEmpty, "no seeds in Tests/Fuzz/Seeds/\(name)")
        for (path, bytes) in inputs { try Self.run(target, bytes, path) }
        for (sample, bytes) in try type.samples() { try Self.run(target, bytes, "the sample \(sample)") }
    }

    @Test("So is what chance makes of the seeds", arguments: names)
    func changedInputs(name: String) throws {
        let type = try #require(FuzzTargets.named(name))
        let (target, files) = (try type.init(), FuzzFiles(of: type))
        let seeds = try files.inputs().map(\.bytes)
        let seconds = ProcessInfo.processInfo.environment["TRAINSPOTTER_FUZZ_SECONDS"].flatMap(Double.init)
        // Without a time it is the same inputs each time, at most so many processor milliseconds of them.
        let number = seconds == nil ? 1 : UInt64.random(in: 0...UInt64.max)
        var mutation = Mutation(number: number, seeds: seeds, words: try files.words(), longest: type.longestInput)
        let end = ContinuousClock.now + .seconds(seconds ?? 0.5)
        var count = 0
        while count < Self.least || ContinuousClock.now < end && (seconds != nil || count < Self.most) {
            var input = mutation.next()
            if let repair = type.repair, count.isMultiple(of: 2) { input = repair(input) }
            if seconds != nil { try Data(input).write(to: Self.input(of: name)) }
            try Self.run(target, input, "number \(number), input \(count)")
            count += 1
        }
        guard seconds != nil else { return }
        print("\(name): \(count) inputs")
        try FileManager.default.removeItem(at: Self.input(of: name))
    }

    /// The input at hand, for one that ends the process.
    private static func input(of name: String) -> URL {
        FileManager.default.temporaryDirectory.appending(path: "trainspotter-fuzz-\(name)")
    }

    /// Inputs of a target, however slow the machine, and however fast.
    private static let (least, most) = (50, 20_000)

    private static func run(_ target: some FuzzTarget, _ input: [UInt8], _ place: String) throws {
        do { try Trial.run(target, input) } catch {
            Issue.record("\(place), \(input.count) bytes in base64, \(Data(input).base64EncodedString()): \(error)")
        }
    }

    @Test("Each format of data sets has a target")
    func formats() {
        for format in DatasetFormats.standard.all {
            #expect(FuzzTargets.formats.contains { $0 == format }, "\(format) has no target")
        }
    }

    @Test("Names are told apart, and a name finds its target")
    func registry() {
        #expect(Set(Self.names).count == Self.names.count)
        for name in Self.names { #expect(FuzzTargets.named(name)?.name == name) }
        #expect(FuzzTargets.named("none") == nil)
    }
}
