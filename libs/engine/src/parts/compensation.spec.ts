import { brokenLaws, model, startRun, type ModelBuilder, type Run } from '#testing';

/** Job elements in the order in which their jobs were made. */
const jobsOf = (run: Run) => run.events.flatMap((event) => (event.type === 'jobCreated' ? [event.elementId] : []));
const booked = (builder: ModelBuilder, id: string) =>
  builder.serviceTask(id).compensation(id, `undo-${id}`).serviceTask(`undo-${id}`, { isForCompensation: true }).at(id);

/** Completes jobs as they come until none is open. */
function work(run: Run): void {
  for (let job = [...run.live.jobs][0]; job && run.status === 'active'; job = [...run.live.jobs][0])
    run.perform({ type: 'completeJob', jobKey: job[0], variables: {} });
}

describe('a compensation throw event', () => {
  it('runs the handlers of its scope one after another, last completed first, and waits for them', async () => {
    const trip = booked(booked(model('trip').start(), 'hotel'), 'flight')
      .throwEvent('undo', { compensate: '' })
      .end();
    const run = await startRun(trip);
    run.completeJob('hotel');
    run.completeJob('flight');

    expect(run.activeElements()).toEqual(['undo', 'undo-flight']);
    run.completeJob('undo-flight');
    expect(run.activeElements()).toEqual(['undo', 'undo-hotel']);
    run.completeJob('undo-hotel');

    expect(run.status).toBe('completed');
    expect(jobsOf(run)).toEqual(['hotel', 'flight', 'undo-flight', 'undo-hotel']);
  });

  it('compensates one activity only where it names one, and each completion of it', async () => {
    const again = booked(booked(model('trip').start(), 'hotel'), 'flight')
      .exclusiveGateway('more', { back: '=n < 2', on: 'default' })
      .branch('back')
      .connectTo('hotel')
      .branch('on')
      .throwEvent('undo', { compensate: 'hotel' })
      .end();
    const run = await startRun(again, { n: 1 });
    run.completeJob('hotel');
    run.completeJob('flight', { n: 2 });
    work(run);

    expect(jobsOf(run)).toEqual(['hotel', 'flight', 'undo-hotel']);
    const twice = await startRun(again, { n: 1 });
    twice.completeJob('hotel');
    twice.completeJob('flight');
    twice.completeJob('hotel');
    twice.completeJob('flight', { n: 2 });
    work(twice);
    expect(jobsOf(twice).slice(4)).toEqual(['undo-hotel', 'undo-hotel']);
  });

  it('goes on at once where it does not wait, while the handlers run', async () => {
    const trip = booked(model('trip').start(), 'hotel')
      .throwEvent('undo', { compensate: '', waitForCompletion: false })
      .userTask('next')
      .end();
    const run = await startRun(trip);
    run.completeJob('hotel');

    expect(run.activeElements().toSorted()).toEqual(['next', 'undo', 'undo-hotel']);
    run.completeUserTask('next');
    expect(run.status).toBe('active');
    run.completeJob('undo-hotel');
    expect(run.status).toBe('completed');
  });

  it('passes where nothing has completed, and never compensates twice', async () => {
    const trip = booked(model('trip').start().throwEvent('early', { compensate: '' }), 'hotel')
      .throwEvent('undo', { compensate: '' })
      .throwEvent('again', { compensate: '' })
      .end('end', { compensate: 'hotel' });
    const run = await startRun(trip);
    work(run);

    expect(run.status).toBe('completed');
    expect(jobsOf(run)).toEqual(['hotel', 'undo-hotel']);
  });

  it('gives a handler the variables with which its activity completed', async () => {
    const trip = model('trip')
      .start()
      .serviceTask('hotel', { inputs: { room: '=choice' } })
      .compensation('hotel', 'undo')
      .scriptTask('undo', '=room', 'freed', { isForCompensation: true })
      .at('hotel')
      .scriptTask('later', '="other"', 'choice')
      .throwEvent('cancel', { compensate: '' })
      .end();
    const run = await startRun(trip, { choice: '301' });
    run.completeJob('hotel');

    expect(run.status).toBe('completed');
    expect(run.variables()['freed']).toBe('301');
  });
});

describe('what completed inside a sub-process', () => {
  const nested = (inner: (builder: ModelBuilder) => ModelBuilder) =>
    booked(
      model('trip')
        .start()
        .subProcess('sub', (builder) => inner(booked(booked(builder.start('s'), 'a'), 'b').end('e'))),
      'last',
    )
      .throwEvent('undo', { compensate: '' })
      .end();

  it('is compensated in reverse order with the sub-process', async () => {
    const run = await startRun(nested((builder) => builder));
    work(run);

    expect(run.status).toBe('completed');
    expect(jobsOf(run)).toEqual(['a', 'b', 'last', 'undo-last', 'undo-b', 'undo-a']);
    expect(brokenLaws(run.live)).toEqual([]);
  });

  it('is left to the compensation event sub-process where there is one, which sees its variables', async () => {
    const run = await startRun(
      nested((builder) =>
        builder
          .dataObject('note')
          .eventSubProcess('handler', (own) =>
            own.start('hs', { compensate: '' }).serviceTask('first').throwEvent('rest', { compensate: 'a' }).end('he'),
          ),
      ),
    );
    work(run);

    expect(run.status).toBe('completed');
    expect(jobsOf(run)).toEqual(['a', 'b', 'last', 'undo-last', 'first', 'undo-a']);
  });

  it('is replaced by the handler of the sub-process where that has one', async () => {
    const trip = model('trip')
      .start()
      .subProcess('sub', (builder) => booked(builder.start('s'), 'a').end('e'))
      .compensation('sub', 'undo-all')
      .serviceTask('undo-all', { isForCompensation: true })
      .at('sub')
      .throwEvent('undo', { compensate: 'sub' })
      .end();
    const run = await startRun(trip);
    work(run);

    expect(jobsOf(run)).toEqual(['a', 'undo-all']);
  });

  it('is lost where the sub-process did not complete', async () => {
    const trip = model('trip')
      .start()
      .subProcess('sub', (builder) => booked(builder.start('s'), 'a').end('e', { error: 'broken' }))
      .end()
      .boundary('caught', 'sub', { error: 'broken' })
      .throwEvent('undo', { compensate: '' })
      .end('end2');
    const run = await startRun(trip);
    work(run);

    expect(run.status).toBe('completed');
    expect(jobsOf(run)).toEqual(['a']);
  });

  it('is compensated from an event sub-process that handles the failure inside', async () => {
    const trip = model('trip')
      .start()
      .subProcess('sub', (builder) =>
        booked(builder.start('s'), 'a')
          .end('e', { error: 'broken' })
          .eventSubProcess('handler', (own) =>
            own.start('hs', { error: 'broken' }).throwEvent('undo', { compensate: '' }).end('he'),
          ),
      )
      .end();
    const run = await startRun(trip);
    work(run);

    expect(run.status).toBe('completed');
    expect(jobsOf(run)).toEqual(['a', 'undo-a']);
  });
});

describe('a multi-instance activity', () => {
  it('is compensated once for each instance that completed, in reverse order', async () => {
    const trip = model('trip')
      .start()
      .serviceTask('book', { multiInstance: { collection: '=["x", "y", "z"]', element: 'city' } })
      .compensation('book', 'undo')
      .serviceTask('undo', { type: '=city', isForCompensation: true })
      .at('book')
      .throwEvent('cancel', { compensate: 'book' })
      .end();
    const run = await startRun(trip);
    work(run);

    const types = run.events.flatMap((event) =>
      event.type === 'jobCreated' && event.elementId === 'undo' ? [event.jobType] : [],
    );
    expect(types).toEqual(['z', 'y', 'x']);
    expect(run.status).toBe('completed');
  });
});
