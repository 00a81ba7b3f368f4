using AotRecTrainer.Columnar.Arrow;

namespace AotRecTrainer.Columnar.Tests.Arrow;

public sealed unsafe class NativeBufferTests
{
    [Fact]
    public void Buffer_EveryLength_StartsAtAMultipleOf64AndIsZeroToTheNextOne()
    {
        for (int length = 0; length <= 200; length++)
        {
            using NativeBuffer zeros = new(length);
            using NativeBuffer any = NativeBuffer.Uninitialized(length);
            foreach (NativeBuffer buffer in (NativeBuffer[])[zeros, any])
            {
                Assert.Equal(length, buffer.Length);
                Assert.Equal(length, buffer.Span.Length);
                fixed (byte* start = &System.Runtime.InteropServices.MemoryMarshal.GetReference(buffer.Span))
                {
                    Assert.Equal(0, (nint)start % NativeBuffer.Alignment);
                    for (int i = length; i % NativeBuffer.Alignment != 0; i++)
                        Assert.Equal(0, start[i]);
                }
            }

            Assert.Equal(-1, zeros.Span.IndexOfAnyExcept((byte)0));
        }
    }

    [Fact]
    public void As_WiderType_LeavesTheOddBytesOut()
    {
        using NativeBuffer buffer = new(11);
        Assert.Equal(2, buffer.As<int>().Length);
        buffer.As<int>()[1] = -1;
        Assert.Equal([0, 0, 0, 0, 255, 255, 255, 255, 0, 0, 0], buffer.Span.ToArray());
    }

    [Fact]
    public void Buffer_NegativeLength_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => new NativeBuffer(-1));

    [Fact]
    public void Dispose_Twice_EndsAccessAndNothingElse()
    {
        NativeBuffer buffer = new(8);
        buffer.Dispose();
        buffer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => buffer.Span.Length);
        Assert.Throws<ObjectDisposedException>(() => buffer.As<int>().Length);
        Assert.Throws<ObjectDisposedException>(() => buffer.View(0, 1));
    }

    [Fact]
    public void View_OwnerDisposedFirst_KeepsTheBytes()
    {
        NativeBuffer owner = new(100);
        owner.Span[64] = 7;
        NativeBuffer view = owner.View(64, 8);
        NativeBuffer inner = view.View(0, 1);
        owner.Dispose();
        view.Dispose();
        view.Dispose();
        Assert.Equal(7, inner.Span[0]);
        Assert.Throws<ObjectDisposedException>(() => view.Span.Length);
        inner.Dispose();
    }

    [Fact]
    public void View_SameBytes_SeesWhatIsWritten()
    {
        using NativeBuffer owner = new(16);
        using NativeBuffer view = owner.View(4, 4);
        owner.As<int>()[1] = 42;
        Assert.Equal([42], view.As<int>().ToArray());
    }

    [Theory, InlineData(-1, 1), InlineData(0, 11), InlineData(11, 0), InlineData(5, 6), InlineData(0, -1)]
    public void View_OutsideTheBuffer_Throws(int offset, int length)
    {
        using NativeBuffer buffer = new(10);
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.View(offset, length));
    }

    [Theory, InlineData(3), InlineData(10), InlineData(300)]
    public void Resize_AnyLength_KeepsTheCommonBytes(int length)
    {
        NativeBuffer buffer = new(10);
        buffer.Span.Fill(9);
        using NativeBuffer resized = buffer.Resize(length);
        Assert.Throws<ObjectDisposedException>(() => buffer.Span.Length);
        Assert.Equal(length, resized.Length);
        Assert.Equal(-1, resized.Span[..Math.Min(length, 10)].IndexOfAnyExcept((byte)9));
    }
}
