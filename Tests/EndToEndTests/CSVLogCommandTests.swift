import Foundation
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(40))) struct CSVLogCommandTests {
    @Test("train --csv logs every epoch; early stopping and reductions are told")
    func log() throws {
        let path = NSTemporaryDirectory() + "trainspotter-\(UUID().uuidString).csv"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let result = try Program.run([
            "train", "8tanh", "epochs=9", "patience=1", "mindelta=100", "restore=true", "plateau=1",
            "plateaudelta=100", "--csv", path,
        ])
        #expect(result.status == 0)
        let lines = try String(contentsOfFile: path, encoding: .utf8).components(separatedBy: "\r\n")
        #expect(lines.count == 4 && lines[3].isEmpty)
        #expect(lines[0] == "epoch,accuracy,learning_rate,loss,val_accuracy,val_loss")
        #expect(lines[1].hasPrefix("0,0.") && lines[2].hasPrefix("1,0."))
        #expect(result.errors.contains("\nstopped early: epoch 1 was the best\n"))
        #expect(result.errors.contains("\nlearning rate reduced from 1e-3 to 1e-4\n"))
        #expect(result.errors.contains("\nweights of epoch 1, the best one\n"))
    }

    @Test("A log that can't be made is refused before training")
    func refused() throws {
        let folder = try Program.run(["train", "8tanh", "--csv", NSTemporaryDirectory()])
        #expect(folder.status == 2 && folder.errors.contains("expected a file, found a folder"))
        let missing = try Program.run(["train", "8tanh", "--csv", "/no/such/folder/log.csv"])
        #expect(missing.status == 2 && missing.errors.contains("is not a folder that can be written"))
        #expect(!missing.errors.contains("epoch 1"))
    }
}
