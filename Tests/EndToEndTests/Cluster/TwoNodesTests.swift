import Foundation
import TestSupport
import Testing

/// A search on a Slurm of two nodes on this machine, of which one fails in the middle: `make test-slurm` starts it, and names
/// its folder.
@Suite(.timeLimit(.minutes(20))) struct TwoNodesTests {
    private static let nodes = ProcessInfo.processInfo.environment["TRAINSPOTTER_SLURM"]
    private static let script = URL(filePath: #filePath).appending(path: "../../../Slurm/two-nodes.sh")
        .standardizedFileURL

    private static func node(_ action: String, _ name: String) throws {
        let result = try Program.shell("\(script.path) \(action) \(nodes ?? "") \(name)")
        #expect(result.status == 0, "\(result.errors)")
    }

    @Test(.enabled(if: nodes != nil, "make test-slurm runs it on a Slurm of two nodes"))
    func `all trials end with the bits of this machine, though a node is killed in the middle`() throws {
        let folder = try TemporaryFolder()
        try SomeDigits.write(to: folder)
        let slurm = ["SLURM_CONF": "\(try #require(Self.nodes))/slurm.conf"]
        let data = ["--data", folder.path("digits")]
        let space = "layers={200relu,256relu} lr={1e-3,3e-3,1e-2} batch=32 epochs=60 val=0.2"
        let plan = ["--sampler", "grid", "--no-halving", "--repeats", "1"]
        let running = try RunningProgram(
            ["search", space, "--engine", "slurm", "--workers", "2", "--store", folder.path("runs.sqlite")] + plan
                + ["--json", folder.path("found.json"), "--shared-folder", folder.path("shared")] + data,
            environment: slurm)
        // In the middle: both have written a state.
        let isUnderWay = Patience.wait {
            let files = FileManager.default.enumerator(atPath: folder.path("shared"))?.allObjects as? [String] ?? []
            return files.count { $0.hasSuffix(".partial") } >= 2
        }
        #expect(isUnderWay)
        try Self.node("kill", "n2")
        #expect(running.wait(for: "was lost: its node failed on n2; it goes on after its"), "\(running.said)")
        try Self.node("revive", "n2")
        let result = try running.end()
        #expect(result.status == 0, "\(result.errors)")
        let found = try Found(Data(folder.bytes(of: "found.json")))
        #expect(found.trials.count == 6 && found.trials.allSatisfy { $0["state"] as? String == "finished" })
        let alone = try Found(
            ["search", space, "--json", "-", "--quiet", "--store", folder.path("other.sqlite")] + plan + data,
            environment: [:])
        #expect(found.reached == alone.reached)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("shared")).count <= 1)
        print(result.errors)
    }
}
