namespace AotRecTrainer.Columnar.Ipc;

/// <summary>Kinds of messages. The numbers are the format's.</summary>
internal enum MessageKind : byte
{
    None = 0,
    Schema = 1,
    DictionaryBatch = 2,
    RecordBatch = 3,
    Tensor = 4,
    SparseTensor = 5,
}
