import Reports
import Specs
import Testing
import Training

@Suite struct CSVLogTests {
    private let figures = EpochFigures(
        epoch: 1, loss: 0.5, accuracy: 0.75, validationLoss: 0.25, validationAccuracy: 1, learningRate: 1e-5,
        seconds: 3)

    private func training(_ line: String) throws -> TrainingConfiguration {
        try ExperimentSpec(parsing: "8relu \(line)").training
    }

    // The expected lines are what Keras's CSVLogger writes for the same logs.
    @Test("The columns are Keras's, sorted, behind the epoch from 0")
    func columns() throws {
        let log = CSVLog(try training("val=0.1"))
        #expect(log.header == "epoch,accuracy,loss,val_accuracy,val_loss\r\n")
        #expect(log.line(figures) == "0,0.75,0.5,1.0,0.25\r\n")
    }

    @Test("A reduction on a plateau logs the rate")
    func plateau() throws {
        let log = CSVLog(try training("plateau=2"))
        #expect(log.header == "epoch,accuracy,learning_rate,loss,val_accuracy,val_loss\r\n")
        #expect(log.line(figures) == "0,0.75,1e-05,0.5,1.0,0.25\r\n")
    }

    @Test("Without validation its columns are there, with NA")
    func noValidation() throws {
        let log = CSVLog(try training("val=0 plateau=2 monitor=loss"))
        var figures = figures
        (figures.validationLoss, figures.validationAccuracy, figures.epoch) = (nil, nil, 7)
        #expect(log.header == "epoch,accuracy,learning_rate,loss,val_accuracy,val_learning_rate,val_loss\r\n")
        #expect(log.line(figures) == "6,0.75,1e-05,0.5,NA,NA,NA\r\n")
    }
}
