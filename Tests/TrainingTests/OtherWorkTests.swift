import Foundation
import Neural
import Testing
import Training

@Suite("Room for other threads' work")
struct OtherWorkTests {
    /// Whether one of the next steps, all of them short, is made by one thread alone.
    private func givesWay(_ trainer: Trainer, steps: Int = 200) -> Bool {
        for _ in 0..<steps {
            if trainer.epochIsComplete { _ = trainer.finishEpoch() }
            _ = trainer.step()
            if !trainer.network.sharesSteps { return true }
        }
        return false
    }

    @Test("Steps are made by one thread while other work is under way")
    func gives() throws {
        let otherWork = OtherWork()
        let spec = try SmallData.spec("8tanh batch=10")
        let trainer = try Trainer(spec: spec, dataset: SmallData.dataset, threads: 2, otherWork: otherWork)
        #expect(!givesWay(trainer, steps: 20))
        otherWork.begins()
        #expect(givesWay(trainer))
        otherWork.ends()
        #expect(!givesWay(trainer, steps: 20))
    }

    @Test("Work that lasts longer than a frame waits for something, and gets no more room")
    func limit() {
        let otherWork = OtherWork()
        #expect(!otherWork.isUnderWay)
        otherWork.makeRoom()
        #expect(otherWork.isUnderWay)
        usleep(25_000)
        #expect(!otherWork.isUnderWay)
        otherWork.begins()
        #expect(otherWork.isUnderWay)
        otherWork.ends()
        #expect(!otherWork.isUnderWay)
    }

    @Test("Giving way changes no bit")
    func sameBits() throws {
        let spec = try SmallData.spec("33tanh+drop0.2-17relu batch=16")
        let otherWork = OtherWork()
        let alone = try Trainer(spec: spec, dataset: SmallData.dataset, threads: 2)
        let disturbed = try Trainer(spec: spec, dataset: SmallData.dataset, threads: 2, otherWork: otherWork)
        for step in 0..<60 {
            if step % 3 == 0 { otherWork.begins() } else { otherWork.ends() }
            for trainer in [alone, disturbed] {
                if trainer.epochIsComplete { _ = trainer.finishEpoch() }
                _ = trainer.step()
            }
        }
        #expect(alone.network.tensors() == disturbed.network.tensors())
    }
}
